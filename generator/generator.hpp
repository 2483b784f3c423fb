// All offices together: splits the bodies among them, lets them live side by side hour by
// hour, and writes what they deliver in one common order.
#pragma once

#include "office.hpp"
#include "settings.hpp"
#include "truth.hpp"
#include "writer.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace pgcrm::gen {

// Called now and then with the bodies written so far.
using progress_report = std::function<void(std::uint64_t)>;

class generator {
public:
    explicit generator(settings wanted);

    // Writes exactly `settings::events` bodies. `out` is not finished.
    void run(writer &out, const progress_report &report = {});

    const std::vector<office> &offices() const noexcept { return offices_; }
    const std::vector<truth> &truths() const noexcept { return truths_; }

private:
    settings settings_;
    std::vector<std::uint64_t> shares_; // bodies of each office
    std::vector<office> offices_;
    std::vector<truth> truths_;
};

// Half of the bodies to the first office, three tenths to the second, two to the third; of
// more offices, each further one as much as the third.
std::vector<std::uint64_t> share_out(std::uint64_t bodies, std::size_t offices);

} // namespace pgcrm::gen
