// pgcrm-gateway: webhooks over HTTP into PostgreSQL, each answered after its commit.
#include "check.hpp"
#include "gateway.hpp"
#include "operations/log.hpp"

#include <csignal>
#include <cstdlib>
#include <iostream>

int main(int argument_count, char **arguments) {
    namespace gateway = pgcrm::gateway;
    std::signal(SIGPIPE, SIG_IGN); // a client that goes away is an error of its write
    try {
        const gateway::command_line given = gateway::read_settings(argument_count, arguments);
        if (given.wants_help) {
            std::cout << gateway::settings_help();
            return EXIT_SUCCESS;
        }
        if (given.wants_version) {
            std::cout << "pgcrm-gateway " PGCRM_VERSION "\n";
            return EXIT_SUCCESS;
        }
        gateway::log::set_level(given.with.level);
        if (given.wants_check)
            return gateway::check(given.with) ? EXIT_SUCCESS : EXIT_FAILURE;
        gateway::gateway(given.with).run();
        return EXIT_SUCCESS;
    } catch (const gateway::settings_error &wrong) {
        std::cerr << "pgcrm-gateway: " << wrong.what() << '\n';
    } catch (const std::exception &failed) {
        std::cerr << "pgcrm-gateway: " << failed.what() << '\n';
    }
    return EXIT_FAILURE;
}
