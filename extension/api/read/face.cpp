// crm_bi: the foreign data wrapper behind its views, and what makes them.
#include "pgcxx/pgcxx.hpp"
#include "store/face/face_objects.hpp"
#include "store/face/foreign_data_wrapper.hpp"

PGCXX_FUNCTION(pgcrm_face_handler, pgcrm::store::face_handler);
PGCXX_FUNCTION(pgcrm_check_face_options, pgcrm::store::check_face_options);
PGCXX_FUNCTION(pgcrm_make_face_objects, pgcrm::store::make_face_objects);
