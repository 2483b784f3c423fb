// The objects behind crm_bi: foreign tables in schema pgcrm, and over them the views that people and BI tools
// see, which hide foreign tables. They are members of the extension, made by its script, and making an
// account changes nothing in them. All may select: each reader sees the accounts that are his to read.
#pragma once

namespace pgcrm::store {

// To be called by a script of the extension, as whoever runs it. What is there is brought up to date: tables
// and views get new columns, the views of former versions become these, and their parts go. Error 42501 when
// schema crm_bi or a view in it belongs to somebody else.
void make_face_objects();

} // namespace pgcrm::store
