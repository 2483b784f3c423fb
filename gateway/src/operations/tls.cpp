#include "operations/tls.hpp"

#include "operations/settings.hpp"

#include <openssl/ssl.h>

namespace pgcrm::gateway {
namespace {

namespace ssl = boost::asio::ssl;

void check(const boost::system::error_code &failed, const std::string &what, const std::string &file) {
    if (failed)
        throw settings_error(what + ": cannot use \"" + file + "\": " + failed.message());
}

} // namespace

std::shared_ptr<ssl::context> load_tls(const std::string &certificate_file, const std::string &key_file) {
    if (certificate_file.empty())
        return nullptr;
    auto made = std::make_shared<ssl::context>(ssl::context::tls_server);
    made->set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1 |
                      SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(made->native_handle(), SSL_MODE_RELEASE_BUFFERS);
    boost::system::error_code failed;
    made->use_certificate_chain_file(certificate_file, failed);
    check(failed, "tls-certificate", certificate_file);
    made->use_private_key_file(key_file, ssl::context::pem, failed);
    check(failed, "tls-key", key_file);
    if (SSL_CTX_check_private_key(made->native_handle()) != 1)
        throw settings_error("tls-key: \"" + key_file + "\" is not the key of \"" + certificate_file + "\"");
    return made;
}

} // namespace pgcrm::gateway
