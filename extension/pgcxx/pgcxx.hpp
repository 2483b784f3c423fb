// The umbrella: C++20 over the server API of PostgreSQL 14 and later.  Files of the
// extension include this one and nothing else of the server.
//
// The layers, each of which uses only those to its left:
//   prelude, error, guard, {boundary, error_context, memory, time, transaction, log, setting, random},
//   datum, {numeric, jsonb}, array, {statement, expression}, {spi, security, open_query}, builtin,
//   {function, foreign, module}
#pragma once

#include "pgcxx/array.hpp"
#include "pgcxx/boundary.hpp"
#include "pgcxx/builtin.hpp"
#include "pgcxx/datum.hpp"
#include "pgcxx/error.hpp"
#include "pgcxx/error_context.hpp"
#include "pgcxx/expression.hpp"
#include "pgcxx/foreign.hpp"
#include "pgcxx/function.hpp"
#include "pgcxx/guard.hpp"
#include "pgcxx/jsonb.hpp"
#include "pgcxx/log.hpp"
#include "pgcxx/memory.hpp"
#include "pgcxx/module.hpp"
#include "pgcxx/numeric.hpp"
#include "pgcxx/open_query.hpp"
#include "pgcxx/prelude.hpp"
#include "pgcxx/progress.hpp"
#include "pgcxx/random.hpp"
#include "pgcxx/security.hpp"
#include "pgcxx/setting.hpp"
#include "pgcxx/spi.hpp"
#include "pgcxx/statement.hpp"
#include "pgcxx/table_row.hpp"
#include "pgcxx/time.hpp"
#include "pgcxx/transaction.hpp"
#include "pgcxx/zone.hpp"

// Last, and apart from the sorted list: it forbids what the others are made of.
#include "pgcxx/lockdown.hpp"
