#include "store/account/own_tables.hpp"

#include <array>

namespace pgcrm::store {
namespace {

using pgcxx::statement;

void make_account_table(table_maker &tables) {
    statement columns;
    columns << R"(
        account              text collate "C" not null,
        source               text not null,
        time_zone            text not null,
        layout_version       integer not null,
        created_at           timestamptz not null,
        built_time_zone      text,
        built_engine_version integer,
        refreshed_at         timestamptz,
        refresh_error        text,
        first_observed_at    timestamptz,
        last_observed_at     timestamptz,
        count_deleted_leads  boolean not null default true,
        built_count_deleted_leads boolean,
        reported_from        timestamptz,
        restatement_scope    text not null default 'dated',
        constraint restatement_scope_is_known check (restatement_scope in ('dated', 'all')),
        constraint account_is_unique primary key (account),
        constraint time_zone_is_a_full_name check (time_zone = 'UTC' or time_zone ~ '^[A-Z][A-Za-z_]+/')
    )";
    tables.make("account", columns,
                "The account's own row: its settings, what the marts were built with, and the lock that a "
                "refresh takes");
}

// The sequence of an identity column has a name of the server's making.
void make_secret(table_maker &tables) {
    statement columns;
    columns << R"(
        secret_id   bigint not null generated always as identity,
        digest      bytea not null,
        note        text,
        added_at    timestamptz not null,
        added_by    text not null,
        valid_until timestamptz,
        constraint secret_is_unique primary key (secret_id),
        constraint secret_digest_is_unique unique (digest),
        constraint digest_is_a_sha256 check (octet_length(digest) = 32)
    )";
    tables.make("secret", columns,
                "Secrets by which events are posted to the gateway; a row stays when its secret has ended");
    tables.keep_to_owner("secret");
    tables.describe_column("secret", "secret_id", "Number of the secret, for crm_secret_revoke");
    tables.describe_column("secret", "digest",
                           "sha256 of the secret's text, which was shown once and is kept nowhere");
    tables.describe_column("secret", "note", "Who or what uses it");
    tables.describe_column("secret", "added_at", "When it was made");
    tables.describe_column("secret", "added_by", "The role that made it");
    tables.describe_column("secret", "valid_until", "When it ends or has ended; null: no end is set");
    tables.describe_sequence("secret_secret_id_seq", "Numbers the secrets");
}

void add_columns_to_account(table_maker &tables) {
    statement columns;
    columns << "add column count_deleted_leads boolean not null default true,"
               " add column built_count_deleted_leads boolean, add column reported_from timestamptz,"
               " add column restatement_scope text not null default 'dated',"
               " add constraint restatement_scope_is_known check (restatement_scope in ('dated', 'all'))";
    tables.alter("account", columns);
}

} // namespace

const room_tables &own_tables() {
    static constexpr std::array relations{account_relation{"account", make_account_table, 1},
                                          account_relation{"secret", make_secret, 2}};
    static constexpr std::array steps{layout_step{2, "account", add_columns_to_account}};
    static constexpr room_tables room{relations, steps};
    return room;
}

} // namespace pgcrm::store
