// The views of schema crm_bi: all accounts side by side, for BI tools.
//
// They are made at run time, again whenever an account comes or goes, so they are ordinary
// objects that a dump holds complete. Each branch carries the literal name of its account, which
// lets the planner leave out the others, and shows rows only to readers who may use that schema.
#pragma once

namespace pgcrm::store {

// Makes the views for the accounts that are registered and whose schemas are there.
// The caller holds the registry's lock.
void make_bi_views();

} // namespace pgcrm::store
