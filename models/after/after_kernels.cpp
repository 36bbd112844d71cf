#include "models/after/after_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/after/after_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "models/places-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

std::uint32_t find_bought_before_kernel(const std::uint16_t* last, std::uint16_t before, std::uint32_t n,
                                        std::uint32_t* places) {
  const hn::Repartition<std::uint16_t, U32> d;
  const auto one = hn::Set(d, std::uint16_t{1}), bound = hn::Set(d, static_cast<std::uint16_t>(before - 1));
  std::uint32_t n_found = 0;
  for (std::uint32_t at = 0; at < n; at += kTileSize) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < kTileSize; i += hn::Lanes(d)) {
      std::uint64_t part = 0;
      const auto since = hn::Sub(hn::LoadU(d, last + at + i), one);  // 0, never, becomes the largest
      hn::StoreMaskBits(d, hn::Lt(since, bound), reinterpret_cast<std::uint8_t*>(&part));
      bits |= part << i;
    }
    if (bits != 0) n_found += append_places(bits, at, places + n_found);
  }
  return n_found;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(find_bought_before_kernel);
}  // namespace

std::uint32_t find_bought_before(const std::uint16_t* last, std::uint16_t before, std::uint32_t n,
                                 std::uint32_t* places) {
  return HWY_DYNAMIC_DISPATCH(find_bought_before_kernel)(last, before, n, places);
}
}  // namespace populace
#endif
