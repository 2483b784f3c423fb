// The door through which the server loads the library.
//
// It needs no preloading: settings are defined when the first function of a session is called.
#include "pgcxx/pgcxx.hpp"
#include "settings.hpp"

PGCXX_MODULE("pgcrm", pgcrm::settings::define);
