#include "results/hdf5/handle.hpp"

#include <fmt/format.h>
#include <hdf5.h>

#include <string>
#include <type_traits>

namespace populace {

static_assert(std::is_same_v<hid_t, Hdf5Id>);

void silence_hdf5() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

void throw_hdf5_error(const char* doing) {
  std::string reason;
  // Upwards walks from the innermost call outwards: the first entry is the cause.
  const auto take_first = [](unsigned n, const H5E_error2_t* entry, void* into) -> herr_t {
    if (n == 0 && entry->desc != nullptr) *static_cast<std::string*>(into) = entry->desc;
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, take_first, &reason);
  H5Eclear2(H5E_DEFAULT);
  throw Hdf5Error(fmt::format("HDF5 could not {}{}{}", doing, reason.empty() ? "" : ": ", reason));
}

}  // namespace populace
