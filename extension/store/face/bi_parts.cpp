#include "store/face/bi_parts.hpp"

#include "core/text/digest.hpp"
#include "store/face/bi_query.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string_view>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::statement;

constexpr std::size_t most_in_one_view = 32;
constexpr std::uint32_t number_of_parts = 16;

using texts = std::map<std::string, std::string, std::less<>>;

// The accounts of each part.
using division = std::array<std::vector<std::string>, number_of_parts>;

// FNV-1a: the same in every version, or all parts would be made again.
std::uint32_t part_of(std::string_view account) {
    std::uint32_t hash = 2166136261U;
    for (const char c : account)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash % number_of_parts;
}

division divide(const std::vector<std::string> &accounts) {
    division parts;
    for (const std::string &account : accounts)
        parts[part_of(account)].push_back(account);
    return parts;
}

std::string name_of_part(std::size_t number, const bi_view &view) {
    return "part_" + std::to_string(number + 1) + "_of_" + view.name;
}

texts comments_of_views(pgcxx::spi::session &sql) {
    texts comments;
    const auto rows = sql.query<std::string, std::string>(
        "select c.relname::text, coalesce(d.description, '') from pg_catalog.pg_class c"
        " left join pg_catalog.pg_description d on d.objoid = c.oid and d.objsubid = 0"
        " and d.classoid = 'pg_catalog.pg_class'::regclass"
        " where c.relnamespace = 'crm_bi'::regnamespace and c.relkind = 'v'");
    for (const auto &[name, comment] : rows)
        comments.emplace(name, comment);
    return comments;
}

// The numbers of the tables that each account has of those that the views read.
texts tables_of(pgcxx::spi::session &sql, const std::vector<std::string> &accounts) {
    texts tables;
    statement text;
    text << "with needed(relation, attribute, type) as materialized (" << columns_read()
         << ") select n.nspname::text, string_agg(c.oid::text, ' ' order by c.relname)"
            " from pg_catalog.pg_namespace n cross join (select distinct d.relation from needed d) r"
            " join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = r.relation::name"
            " where n.nspname = any ($1) group by n.nspname";
    const auto rows = sql.query<std::string, std::string>(text, accounts);
    for (const auto &[account, numbers] : rows)
        tables.emplace(account, numbers);
    return tables;
}

// Of these accounts, those whose tables have what the views read.
std::vector<std::string> with_sound_tables(pgcxx::spi::session &sql,
                                           const std::vector<std::string> &accounts) {
    std::vector<std::string> sound;
    statement text;
    text << "with needed(relation, attribute, type) as materialized (" << columns_read()
         << ") select n.nspname::text from pg_catalog.pg_namespace n"
            " cross join (select distinct d.relation from needed d) r"
            " join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = r.relation::name"
            " and c.relkind = 'r'"
            " join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
            " join needed d on d.relation = r.relation and d.attribute = a.attname::text"
            " and d.type = a.atttypid"
            " where n.nspname = any ($1) group by n.nspname"
            " having count(*) = (select count(*) from needed) order by n.nspname";
    const auto rows = sql.query<std::string>(text, accounts);
    for (const auto &[name] : rows)
        sound.push_back(name);
    return sound;
}

// Once views were made, they have locked what they read: now nobody can put something else in its place.
void check_are_still_sound(pgcxx::spi::session &sql, const std::vector<std::string> &accounts) {
    if (with_sound_tables(sql, accounts) != accounts)
        throw error(ERRCODE_T_R_SERIALIZATION_FAILURE,
                    "tables of an account changed while the views of crm_bi were made")
            .hint("Try again.");
}

// Makes views, and knows what is there.
class view_maker {
public:
    view_maker(pgcxx::spi::session &sql, const std::vector<std::string> &accounts)
        : sql_(sql), comments_(comments_of_views(sql)), tables_(tables_of(sql, accounts)) {}

    std::vector<std::string> make_whole(const std::vector<std::string> &accounts) {
        std::vector<std::string> shown = with_sound_tables(sql_, accounts);
        for (const bi_view &view : views_)
            make(view.name, query_of(view, shown), view.comment);
        check_are_still_sound(sql_, shown);
        drop_parts();
        return shown;
    }

    std::vector<std::string> make_in_parts(const std::vector<std::string> &accounts) {
        std::vector<std::string> shown;
        const division parts = divide(accounts);
        for (std::size_t number = 0; number < parts.size(); ++number)
            for (std::string &account : make_part(number, parts[number]))
                shown.push_back(std::move(account));
        for (const bi_view &view : views_)
            make(view.name, query_over_parts(view), view.comment);
        std::sort(shown.begin(), shown.end());
        return shown;
    }

private:
    // What a part was made of when all of its tables were sound is sound still: it depends on them, so they
    // keep their columns and their keys.
    std::vector<std::string> make_part(std::size_t number, const std::vector<std::string> &accounts) {
        if (is_as_made(number, accounts))
            return accounts;
        std::vector<std::string> shown = with_sound_tables(sql_, accounts);
        if (is_as_made(number, shown))
            return shown;
        for (const bi_view &view : views_)
            make(name_of_part(number, view), query_of(view, shown), comment_of_part(view, shown));
        check_are_still_sound(sql_, shown);
        return shown;
    }

    bool is_as_made(std::size_t number, const std::vector<std::string> &accounts) const {
        return std::all_of(views_.begin(), views_.end(), [&](const bi_view &view) {
            const auto found = comments_.find(name_of_part(number, view));
            return found != comments_.end() && found->second == comment_of_part(view, accounts);
        });
    }

    std::string comment_of_part(const bi_view &view, const std::vector<std::string> &accounts) const {
        std::string made_of = query_of(view, {"account"}).text();
        for (const std::string &account : accounts) {
            const auto found = tables_.find(account);
            made_of += "\n" + account + " " + (found == tables_.end() ? std::string() : found->second);
        }
        const std::array<char, 64> digest = to_hex(sha256(made_of));
        return "Some of the accounts in crm_bi." + view.name + ", made of " +
               std::string(digest.begin(), digest.end());
    }

    static statement query_over_parts(const bi_view &view) {
        std::vector<statement> branches;
        branches.reserve(number_of_parts);
        for (std::size_t number = 0; number < number_of_parts; ++number)
            branches.push_back(statement() << "select p.* from "
                                           << identifier{"crm_bi", name_of_part(number, view)} << " p");
        return statement().join(" union all ", branches);
    }

    void make(const std::string &name, const statement &query, const std::string &comment) {
        {
            pgcxx::settings_scope settings;
            pgcxx::compress_fast(settings); // what the server stores of a view is megabytes
            statement create;
            create << "create or replace view " << identifier{"crm_bi", name} << " as " << query;
            sql_.execute(create);
        }
        // Whoever writes a comment reads the whole view again, branch by branch.
        if (const auto found = comments_.find(name); found != comments_.end() && found->second == comment)
            return;
        statement describe;
        describe << "comment on view " << identifier{"crm_bi", name} << " is " << literal{comment};
        sql_.execute(describe);
    }

    void drop_parts() {
        for (std::size_t number = 0; number < number_of_parts; ++number)
            for (const bi_view &view : views_)
                if (const std::string name = name_of_part(number, view); comments_.contains(name)) {
                    statement text;
                    text << "drop view " << identifier{"crm_bi", name};
                    sql_.execute(text);
                }
    }

    pgcxx::spi::session &sql_;
    const std::vector<bi_view> views_ = bi_views();
    const texts comments_;
    const texts tables_;
};

} // namespace

std::vector<std::string> make_views_over(pgcxx::spi::session &sql, const std::vector<std::string> &accounts) {
    view_maker maker(sql, accounts);
    return accounts.size() > most_in_one_view ? maker.make_in_parts(accounts) : maker.make_whole(accounts);
}

} // namespace pgcrm::store
