// crm_bi: the foreign data wrapper behind its views, and what makes them.
#include "pgcxx/pgcxx.hpp"
#include "store/face/face_objects.hpp"
#include "store/face/foreign_data_wrapper.hpp"

namespace pgcrm {
namespace {

// Scripts of 0.1.0 name it, whose refresh made its views again when they were gone. Until they are updated
// there is nothing to do: views that are there go on.
void restore_views() {}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_face_handler, pgcrm::store::face_handler);
PGCXX_FUNCTION(pgcrm_check_face_options, pgcrm::store::check_face_options);
PGCXX_FUNCTION(pgcrm_make_face_objects, pgcrm::store::make_face_objects);
PGCXX_FUNCTION(pgcrm_restore_views, pgcrm::restore_views);
