// The probe as a module: settings, and callbacks that must not raise.
#include "probe.hpp"

namespace {

int size_limit = 4096;       // per backend
bool quiet_callback = false; // per backend

// The server calls this while it commits or aborts, where an ERROR would be a PANIC or a loop.
void fail_at_end_of_transaction(XactEvent event, void *) {
    if (!quiet_callback || (event != XACT_EVENT_COMMIT && event != XACT_EVENT_ABORT))
        return;
    probe::witness on_stack;
    probe::fail(event == XACT_EVENT_COMMIT ? "call" : "error");
}

void on_load() {
    using namespace pgcxx;
    define_setting("pgcxx_probe.quiet_callback", "Fail in a transaction callback.", quiet_callback);
    define_setting("pgcxx_probe.size_limit", "A size with a default and a range.", size_limit, 1, 1024 * 1024,
                   unit::bytes, changed_by::superuser);
    reserve_settings("pgcxx_probe");
    call(RegisterXactCallback, quiet<&fail_at_end_of_transaction>, nullptr);
}

} // namespace

PGCXX_MODULE("pgcxx_probe", on_load);
