// The certificate, and its renewal without a restart.
#pragma once

#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <string>

namespace pgcrm::gateway {

// TLS 1.2 and newer, for a server. Null for empty names. Errors: settings_error.
std::shared_ptr<boost::asio::ssl::context> load_tls(const std::string &certificate_file,
                                                    const std::string &key_file);

} // namespace pgcrm::gateway
