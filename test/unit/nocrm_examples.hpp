// Bodies as noCRM.io sends them and as its REST API answers. Ids, names, hosts and signatures are invented.
#pragma once

#include <array>
#include <string_view>

namespace pgcrm::nocrm_examples {

// A lead is created, with every field that a webhook is known to carry.
inline constexpr std::string_view lead_creation =
    R"json({"webhook_event":{"id":8812345,"event":"lead.creation","signature":"3cb48f46fa3c798e15a3db3c5b73f2e635eb0368","has_succeeded":false,"try_count":0,"last_returned_code":null,
"data":{"id":5501001,"title":"Casa Robles - Ana Ruiz","description":"<p>First name: Ana<br>Last name: Ruiz<br>Email: ana.ruiz@example.com<br>Phone: +52 555 0100</p>","text_description":"First name: Ana\nLast name: Ruiz\nEmail: ana.ruiz@example.com\nPhone: +52 555 0100",
"status":"todo","step":"Incoming","step_id":201,"pipeline":"Default pipeline","amount":null,"currency":"MXN","probability":null,"starred":false,
"created_at":"2026-01-05T15:02:11.000Z","updated_at":"2026-01-05T15:02:11.000Z","closed_at":null,"next_action_at":"2026-01-05T15:02:11.000Z",
"remind_date":null,"remind_time":null,"reminder_at":null,"reminder_duration":null,"reminder_activity_id":null,"reminder_activity_name":null,"reminder_note":null,"reminder_activity_log_id":null,
"estimated_closing_date":null,"tags":["Web","Buyer"],"permalink":"https://acme.nocrm.io/leads/5501001",
"contact_email":"ana.ruiz@example.com","first_contact_email":"ana.ruiz@example.com","all_contact_emails":["ana.ruiz@example.com"],
"user":{"id":639,"firstname":"Luis","lastname":"Soto","email":"luis.soto@example.com","phone":null,"mobile_phone":null},
"team":{"id":12,"name":"North"},"client":{"id":3001,"name":"Robles Agency","description":"","is_active":true},
"comment_count":0,"bcc_count":0,"comments":[],
"fields":{"first_name":"Ana","last_name":"Ruiz","email":"ana.ruiz@example.com","phone":"+52 555 0100"},
"extended_info":{"created_by_id":639,"created_by":{"id":639,"firstname":"Luis","lastname":"Soto","email":"luis.soto@example.com"},"fields_by_name":{"First name":"Ana","Last name":"Ruiz","Email":"ana.ruiz@example.com","Phone":"+52 555 0100"}}}}})json";

// A lead moves to another step; neither the old step nor the actor is told.
inline constexpr std::string_view step_changed =
    R"json({"webhook_event":{"id":8812346,"event":"lead.step.changed","signature":"ccdb7220555edb0c1b59df116d9d5e69257b21c0","has_succeeded":false,"try_count":0,"last_returned_code":null,
"data":{"id":5501001,"title":"Casa Robles - Ana Ruiz","status":"standby","step":"Visit scheduled","step_id":203,"pipeline":"Default pipeline","amount":2450000.0,"currency":"MXN","probability":30,"starred":false,
"created_at":"2026-01-05T15:02:11.000Z","updated_at":"2026-01-09T18:40:27.000Z","closed_at":null,"remind_date":"2026-01-12","remind_time":"10:00","reminder_at":"2026-01-12T16:00:00.000Z","reminder_duration":60,"reminder_activity_id":7,"reminder_activity_name":"Meeting","reminder_note":"Visit with the owner",
"tags":["Web","Buyer"],"permalink":"https://acme.nocrm.io/leads/5501001","user":{"id":639,"firstname":"Luis","lastname":"Soto","email":"luis.soto@example.com"},"client":{"id":3001,"name":"Robles Agency"}}}})json";

// A lead is won.
inline constexpr std::string_view status_changed =
    R"json({"webhook_event":{"id":8812347,"event":"lead.status.changed","signature":"dbd68be0b86eea41be7cff9f99271fb9c5139b9a","has_succeeded":false,"try_count":0,"last_returned_code":null,
"data":{"id":5501001,"title":"Casa Robles - Ana Ruiz","status":"won","step":"Closing","step_id":206,"pipeline":"Default pipeline","amount":2400000.0,"currency":"MXN","probability":100,
"created_at":"2026-01-05T15:02:11.000Z","updated_at":"2026-02-02T20:11:05.000Z","closed_at":"2026-02-02T20:11:05.000Z","tags":["Web","Buyer"],"permalink":"https://acme.nocrm.io/leads/5501001","user":{"id":639,"email":"luis.soto@example.com"},"client":{"id":3001,"name":"Robles Agency"}}}})json";

// Without amount and currency.
inline constexpr std::string_view assigned =
    R"json({"webhook_event":{"id":8812348,"event":"lead.assigned","signature":"081b8b36d8dabccc959a2d0150d79994eb582b14","has_succeeded":false,"try_count":0,"last_returned_code":null,
"data":{"id":5501001,"title":"Casa Robles - Ana Ruiz","status":"todo","step":"Incoming","step_id":201,"pipeline":"Default pipeline","created_at":"2026-01-05T15:02:11.000Z","updated_at":"2026-01-06T09:12:00.000Z","permalink":"https://acme.nocrm.io/leads/5501001","user":{"id":514,"firstname":"Mar","lastname":"Vega","email":"mar.vega@example.com"},"tags":[]}}})json";

// With a null user.
inline constexpr std::string_view unassigned =
    R"json({"webhook_event":{"id":8812349,"event":"lead.unassigned","signature":"0b703c33f15d1785853ee3559b35b60dea113eac","has_succeeded":false,"try_count":0,"last_returned_code":null,
"data":{"id":5501002,"title":"Form lead","status":"todo","step":"Incoming","step_id":201,"pipeline":"Default pipeline","created_at":"2026-01-06T09:20:00.000Z","updated_at":"2026-01-06T09:20:00.000Z","permalink":"https://acme.nocrm.io/leads/5501002","user":null,"tags":[]}}})json";

// Data is the lead, not the comment.
inline constexpr std::string_view commented =
    R"json({"webhook_event":{"id":8812350,"event":"lead.commented","signature":"cf5a3bcc20fed110e8cc409e7464110d53f0e014","has_succeeded":false,"try_count":0,"last_returned_code":null,
"data":{"id":5501001,"title":"Casa Robles - Ana Ruiz","status":"standby","step":"Visit scheduled","step_id":203,"pipeline":"Default pipeline","created_at":"2026-01-05T15:02:11.000Z","updated_at":"2026-01-10T08:00:00.000Z","comment_count":1,"comments":[],"user":{"id":639,"email":"luis.soto@example.com"},"tags":[]}}})json";

// Moved to the trash.
inline constexpr std::string_view deleted =
    R"json({"webhook_event":{"id":8812351,"event":"lead.deleted","signature":"bdcad6ec7c2631943b76dbefe76657514069d9f4","has_succeeded":false,"try_count":0,"last_returned_code":null,
"data":{"id":5501002,"title":"Form lead","status":"todo","step":"Incoming","step_id":201,"pipeline":"Default pipeline","created_at":"2026-01-06T09:20:00.000Z","updated_at":"2026-01-07T11:45:30.000Z","permalink":"https://acme.nocrm.io/leads/5501002","user":{"id":639,"email":"luis.soto@example.com"},"tags":[]}}})json";

// Of a client folder, not of a lead.
inline constexpr std::string_view client_folder_created =
    R"json({"webhook_event":{"id":8812352,"event":"client_folder.created","signature":"c428e528aa4e51699b4c0477cabe9fbfbe6aa277","has_succeeded":false,"try_count":0,"last_returned_code":null,
"data":{"id":3002,"name":"Agent Delgado","description":"","is_active":true,"created_at":"2026-01-08T13:00:00.000Z","user_id":639}}})json";

// Of a stage.
inline constexpr std::string_view account_step_updated =
    R"json({"webhook_event":{"id":8812353,"event":"account.step.updated","signature":"51c4811a6ca4736461a23d422e3e44ad684203ff","has_succeeded":false,"try_count":0,"last_returned_code":null,
"data":{"id":203,"name":"Visit booked","position":3,"pipeline_id":11,"pipeline":{"id":11,"name":"Default pipeline"}}}})json";

// A stage moved to the trash.
inline constexpr std::string_view account_step_deleted =
    R"json({"webhook_event":{"id":8812354,"event":"account.step.deleted","signature":"none","has_succeeded":false,"try_count":0,"last_returned_code":null,
"data":{"id":204,"name":"Offer","position":4,"pipeline":{"id":11,"name":"Default pipeline"},"updated_at":"2026-02-03T10:00:00.000Z"}}})json";

// Data is the pipeline.
inline constexpr std::string_view account_pipeline_updated =
    R"json({"webhook_event":{"id":8812355,"event":"account.pipeline.updated","signature":"none","has_succeeded":false,"try_count":0,"last_returned_code":null,
"data":{"id":11,"name":"Sales"}}})json";

// No stream takes it.
inline constexpr std::string_view prospect_created =
    R"json({"webhook_event":{"id":8812356,"event":"prospect.created","signature":"none","has_succeeded":false,"try_count":0,"last_returned_code":null,
"data":{"id":91,"created_at":"2026-02-03T10:00:00.000Z"}}})json";

// A lead as the REST API lists it: flat, without envelope and without the owner's address.
inline constexpr std::string_view rest_lead =
    R"json({"id":5501001,"title":"Casa Robles - Ana Ruiz","pipeline":"Default pipeline","step":"Visit scheduled","step_id":203,"status":"standby","amount":2450000.0,"probability":30,"currency":"MXN","starred":false,
"remind_date":"2026-01-12","remind_time":"10:00","created_at":"2026-01-05T15:02:11.000Z","updated_at":"2026-01-09T18:40:27.000Z","closed_at":null,"description":"First name: Ana","html_description":"<p>First name: Ana</p>","tags":["Web","Buyer"],
"created_from":"api","created_by_id":639,"user_id":639,"team_id":12,"team_name":"North","client_folder_id":3001,"client_folder_name":"Robles Agency","comment_count":2,"attachment_count":0,"permalink":"https://acme.nocrm.io/leads/5501001"})json";

// A record of a lead's history, with the lead's id that whoever asked for it has added.
inline constexpr std::string_view rest_action =
    R"json({"id":70001,"lead_id":5501001,"created_at":"2026-01-09T18:40:27.000Z","action_type":"step_changed","action_item":{"name":"Visit scheduled","position":3},"user_id":639})json";

inline constexpr std::array all{lead_creation,
                                step_changed,
                                status_changed,
                                assigned,
                                unassigned,
                                commented,
                                deleted,
                                client_folder_created,
                                account_step_updated,
                                account_step_deleted,
                                account_pipeline_updated,
                                prospect_created,
                                rest_lead,
                                rest_action};

} // namespace pgcrm::nocrm_examples
