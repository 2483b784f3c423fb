// Three businesses: homes in a big city (Spanish), homes on the coast (both languages), and
// services for companies. Some words carry what breaks careless readers: quotes, an
// ampersand, a backslash, accents, a dash that is not ASCII, an emoji.
#include "vocabulary.hpp"

namespace pgcrm::gen {
namespace {

using std::string_view;

// Quantiles at 0, 10, 20 ... 100 percent, in hundredths of a peso.
constexpr std::int64_t pesos = 100;
constexpr std::array<std::int64_t, 11> home_prices{850'000 * pesos,    1'450'000 * pesos, 1'900'000 * pesos,
                                                   2'350'000 * pesos,  2'800'000 * pesos, 3'400'000 * pesos,
                                                   4'200'000 * pesos,  5'300'000 * pesos, 7'200'000 * pesos,
                                                   11'500'000 * pesos, 38'000'000 * pesos};
constexpr std::array<std::int64_t, 11> rents{6'500 * pesos,  9'000 * pesos,  11'500 * pesos, 13'500 * pesos,
                                             15'500 * pesos, 18'000 * pesos, 21'000 * pesos, 25'000 * pesos,
                                             31'000 * pesos, 42'000 * pesos, 120'000 * pesos};
constexpr std::array<std::int64_t, 11> services{
    8'000 * pesos,   18'500 * pesos,  32'000 * pesos,  48'000 * pesos,  70'000 * pesos,   98'000 * pesos,
    140'000 * pesos, 210'000 * pesos, 360'000 * pesos, 780'000 * pesos, 4'500'000 * pesos};

constexpr std::array sale_steps{
    step_words{.name = "Nuevo contacto", .advance = 690, .slowness = 30},
    step_words{.name = "Contactado", .advance = 700, .slowness = 70},
    step_words{.name = "Calificado", .advance = 720, .slowness = 90},
    step_words{.name = "Visita agendada", .advance = 800, .new_name = "Visita programada", .renamed_at = 35},
    step_words{.name = "Visita realizada", .advance = 610, .slowness = 130},
    step_words{.name = "Oferta presentada", .advance = 700, .slowness = 120},
    step_words{.name = "Crédito hipotecario", .advance = 860, .slowness = 260, .added_at = 55},
    step_words{.name = "Escrituración", .advance = 900, .slowness = 240},
};
constexpr std::array rent_steps{
    step_words{.name = "Solicitud", .advance = 720, .slowness = 25},
    step_words{.name = "Contactado", .advance = 740, .slowness = 40},
    step_words{.name = "Visita", .advance = 650, .slowness = 60},
    step_words{.name = "Documentación e investigación", .advance = 790, .slowness = 90},
    step_words{.name = "Firma de contrato", .advance = 910, .slowness = 60},
};
constexpr std::array owner_steps{
    step_words{.name = "Prospecto", .advance = 560, .slowness = 80},
    step_words{.name = "Primera llamada", .advance = 600},
    step_words{.name = "Avalúo", .advance = 720, .slowness = 140},
    step_words{.name = "Propuesta de exclusiva", .advance = 690, .slowness = 160},
    step_words{.name = "Exclusiva firmada", .advance = 880, .slowness = 80},
};
constexpr std::array beach_steps{
    step_words{.name = "New enquiry", .advance = 660, .slowness = 40},
    step_words{.name = "Contacted", .advance = 690, .slowness = 80},
    step_words{.name = "Discovery call", .advance = 720},
    step_words{.name = "Virtual tour", .advance = 740, .slowness = 110, .removed_at = 70},
    step_words{.name = "Site visit",
               .advance = 640,
               .slowness = 220,
               .new_name = "Site visit / Recorrido",
               .renamed_at = 45},
    step_words{.name = "Offer", .advance = 720, .slowness = 150},
    step_words{.name = "Closing", .advance = 870, .slowness = 300},
};
constexpr std::array presale_steps{
    step_words{.name = "Interesado", .advance = 640, .slowness = 50},
    step_words{.name = "Cotización enviada", .advance = 620, .slowness = 130},
    step_words{.name = "Apartado", .advance = 800, .slowness = 110},
    step_words{.name = "Enganche pagado", .advance = 900, .slowness = 180},
    step_words{.name = "Contrato firmado", .advance = 930, .slowness = 160},
};
constexpr std::array company_steps{
    step_words{.name = "Incoming", .advance = 650, .slowness = 40},
    step_words{.name = "Qualified",
               .advance = 710,
               .slowness = 80,
               .new_name = "Qualified (BANT)",
               .renamed_at = 40},
    step_words{.name = "Sales Call 1", .advance = 760},
    step_words{.name = "Sales Call 2", .advance = 740, .slowness = 120},
    step_words{.name = "Proposal \"A/B\"", .advance = 640, .slowness = 180},
    step_words{.name = "Negotiation", .advance = 720, .slowness = 200},
    step_words{.name = "Closing", .advance = 890, .slowness = 120},
};

constexpr std::array city_pipelines{
    pipeline_words{.name = "Venta residencial", .steps = sale_steps, .amounts = home_prices, .weight = 58},
    pipeline_words{.name = "Renta", .steps = rent_steps, .amounts = rents, .weight = 30},
    pipeline_words{
        .name = "Captación de propietarios", .steps = owner_steps, .amounts = home_prices, .weight = 12},
};
constexpr std::array coast_pipelines{
    pipeline_words{.name = "Beach properties", .steps = beach_steps, .amounts = home_prices, .weight = 65},
    pipeline_words{.name = "Preventa", .steps = presale_steps, .amounts = home_prices, .weight = 35},
};
constexpr std::array company_pipelines{
    pipeline_words{.name = "Default pipeline",
                   .steps = company_steps,
                   .amounts = services,
                   .new_name = "Ventas corporativas",
                   .renamed_at = 60},
};

constexpr std::array<string_view, 14> city_subjects{"Casa",
                                                    "Casa en condominio",
                                                    "Casa con jardín",
                                                    "Depto. 1 rec.",
                                                    "Depto. 2 rec.",
                                                    "Depto. 3 rec.",
                                                    "Penthouse",
                                                    "Terreno",
                                                    "Local comercial",
                                                    "Oficina",
                                                    "Loft \"Estilo\"",
                                                    "Bodega & patio",
                                                    "Dúplex remodelado",
                                                    "Estudio amueblado"};
constexpr std::array<string_view, 18> city_places{
    "Polanco",  "Roma Norte", "Coyoacán", "San Ángel", "Del Valle", "Narvarte",   "Lomas de Chapultepec",
    "Santa Fe", "Condesa",    "Tlalpan",  "Nápoles",   "Juárez",    "Cuauhtémoc", "Mixcoac",
    "Pedregal", "Interlomas", "Álamos",   "Portales"};
constexpr std::array<string_view, 10> coast_subjects{
    "Condo", "Beachfront condo", "Casa de playa",  "Studio",         "2BR penthouse", "Lote residencial",
    "Villa", "Garden unit",      "Lock-off suite", "Townhouse – 3BR"};
constexpr std::array<string_view, 12> coast_places{"Playa del Carmen", "Tulum – Aldea Zamá",
                                                   "Puerto Morelos",   "Cancún Zona Hotelera",
                                                   "Cozumel",          "Akumal",
                                                   "Bacalar",          "Isla Mujeres",
                                                   "Holbox",           "Mahahual",
                                                   "Mérida Norte",     "Progreso"};
constexpr std::array<string_view, 10> company_subjects{
    "CRM rollout",          "Mantenimiento anual", "Licencias (50 usuarios)",
    "Consultoría",          "Hosting & soporte",   "Data migration",
    "Capacitación",         "API integration",     "Renovación",
    "Auditoría de procesos"};
constexpr std::array<string_view, 12> company_places{
    "Monterrey", "Guadalajara", "CDMX",   "Querétaro",       "Puebla", "León",
    "Tijuana",   "Saltillo",    "Mérida", "San Luis Potosí", "Toluca", "Aguascalientes"};

constexpr std::array<string_view, 6> city_folders{
    "Inmobiliaria", "Agencia", "Notaría", "Desarrollos", "Bienes Raíces y Avalúos", "Asesores"};
constexpr std::array<string_view, 5> coast_folders{"Coast Realty", "Riviera Brokers", "Agente",
                                                   "Caribe Homes & Lots", "Grupo"};
constexpr std::array<string_view, 6> company_folders{"Industrias",       "Grupo",   "Transportes",
                                                     "Comercializadora", "Clínica", "Tecnologías"};

constexpr std::array<string_view, 10> spanish_messages{
    "Me interesa la propiedad, ¿sigue disponible?",
    "Busco algo con 2 recámaras y estacionamiento; presupuesto flexible.",
    "¿Aceptan crédito Infonavit o bancario?",
    "Vi el anuncio \"Oportunidad\" en el portal y quiero agendar una visita el sábado por la mañana.",
    "Por favor llámenme después de las 18:00, gracias.",
    "Tengo una casa en Coyoacán que quisiera dar a cuenta.\nPuedo mandar fotos y escrituras.",
    "¿Cuál es el precio final con gastos notariales & comisiones incluidos?",
    "Necesito mudarme antes del día 15 del próximo mes.",
    "Me la recomendó un amigo 🙂 ¿podemos verla hoy?",
    "Requiero factura; el contrato es a nombre de la empresa."};
constexpr std::array<string_view, 10> english_messages{
    "Is this unit still available? We are flying in next month.",
    "Looking for a 2BR with ocean view, budget around 6M pesos.",
    "Do you offer developer financing?\nHow much is the down payment?",
    "Me interesa la preventa, ¿qué plusvalía esperan?",
    "We'd like a virtual tour <on Zoom> before the visit.",
    "Saw your \"Last units\" post on Facebook; what are the HOA fees?",
    "¿El precio incluye muebles & electrodomésticos?",
    "Can foreigners hold title directly or through a fideicomiso?",
    "Quisiera rentarla por temporada; ¿tienen administración?",
    "Please call me on WhatsApp 🏖️, mornings EST."};
constexpr std::array<string_view, 8> company_messages{
    "Necesitamos una propuesta para 50 usuarios antes del cierre de trimestre.",
    "We are comparing three vendors; please send pricing and references.",
    "¿Se integra con nuestro ERP (C:\\sap\\export)?",
    "El área de compras pide 3 cotizaciones & carta de confidencialidad.",
    "Our contract ends in March. Can you match the current rate?",
    "Agendar demo con TI y Finanzas; 45 minutos.",
    "Follow-up from the expo: interested in the \"Pro\" plan.",
    "Renovación automática no; queremos renegociar."};

constexpr std::array<string_view, 10> city_tags{"Web",     "Comprador", "Inversionista", "Referido",
                                                "Portal",  "Facebook",  "WhatsApp",      "Crédito Infonavit",
                                                "Urgente", "VIP"};
constexpr std::array<string_view, 9> coast_tags{"Web",      "Buyer",    "Investor", "Referral", "Instagram",
                                                "WhatsApp", "Snowbird", "Preventa", "Cash"};
constexpr std::array<string_view, 8> company_tags{"Web",  "Inbound",    "Outbound",   "Partner",
                                                  "Expo", "Renovación", "Enterprise", "PyME"};

constexpr std::array<string_view, 3> city_teams{"Norte", "Sur", "Rentas"};
constexpr std::array<string_view, 2> coast_teams{"Playa", "Tulum & Bacalar"};
constexpr std::array<string_view, 2> company_teams{"Corporativo", "PyME"};

constexpr field_labels spanish_labels{"Nombre", "Apellido", "Correo", "Teléfono", "Mensaje"};
constexpr field_labels english_labels{"First name", "Last name", "Email", "Phone", "Message"};

constexpr std::array<string_view, 44> given{
    "Ana",    "Luis",   "María",     "José",     "Sofía",   "Andrés",    "Lucía",    "Héctor", "Mónica",
    "Óscar",  "Renata", "Iván",      "Begoña",   "Ximena",  "Raúl",      "Ángela",   "Martín", "Paulina",
    "Julián", "Noemí",  "Tomás",     "Verónica", "Emilio",  "Guadalupe", "Fernando", "Itzel",  "Rodrigo",
    "Carmen", "Diego",  "Alejandra", "Jorge",    "Valeria", "Mar",       "Citlali",  "Gael",   "John",
    "Emily",  "Sarah",  "Michael",   "Karen",    "Björn",   "Chloé",     "François", "Jürgen"};
constexpr std::array<string_view, 44> family{
    "Ruiz",     "Soto",      "Vega",    "Núñez",    "Peña",     "Muñoz",     "Gutiérrez", "Ibáñez",
    "Ávila",    "Zúñiga",    "Delgado", "Robles",   "Cárdenas", "Ortiz",     "Treviño",   "Garza",
    "Cantú",    "Méndez",    "Olvera",  "Quiñones", "Flores",   "Hernández", "García",    "López",
    "Martínez", "Pérez",     "Sánchez", "Ramírez",  "Torres",   "Rivera",    "Gómez",     "Díaz",
    "Cruz",     "Morales",   "Reyes",   "Jiménez",  "Castillo", "Domínguez", "Vázquez",   "Salazar",
    "O'Connor", "MacDonald", "Smith",   "Müller"};
constexpr std::array<string_view, 4> hosts{"correo.example", "mail.example", "inbox.example",
                                           "empresa.example"};

} // namespace

constinit const std::array<business_words, 3> businesses{
    business_words{.pipelines = city_pipelines,
                   .subjects = city_subjects,
                   .places = city_places,
                   .folders = city_folders,
                   .messages = spanish_messages,
                   .tags = city_tags,
                   .teams = city_teams,
                   .labels = spanish_labels},
    business_words{.pipelines = coast_pipelines,
                   .subjects = coast_subjects,
                   .places = coast_places,
                   .folders = coast_folders,
                   .messages = english_messages,
                   .tags = coast_tags,
                   .teams = coast_teams,
                   .labels = english_labels},
    business_words{.pipelines = company_pipelines,
                   .subjects = company_subjects,
                   .places = company_places,
                   .folders = company_folders,
                   .messages = company_messages,
                   .tags = company_tags,
                   .teams = company_teams,
                   .labels = english_labels},
};
constinit const std::span<const std::string_view> first_names{given};
constinit const std::span<const std::string_view> last_names{family};
constinit const std::span<const std::string_view> mail_hosts{hosts};

} // namespace pgcrm::gen
