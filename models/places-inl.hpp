// Vectors of bytes a consumer, and which of a vector's places hold consumers: shared by the kernels of models/.
#if defined(POPULACE_MODELS_PLACES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef POPULACE_MODELS_PLACES_INL
#undef POPULACE_MODELS_PLACES_INL
#else
#define POPULACE_MODELS_PLACES_INL
#endif

#include <hwy/highway.h>

#include <cstdint>

#include "sim/random/draw-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {

using Bytes = hn::Rebind<std::uint8_t, F32>;  // as many bytes as floats
using MF = hn::Mask<F32>;

HWY_INLINE VI bytes_at(const std::uint8_t* bytes) { return hn::PromoteTo(I32(), hn::LoadU(Bytes(), bytes)); }

HWY_INLINE MF is_consumer(std::size_t at, std::uint32_t n) {
  const I32 di;
  return hn::RebindMask(F32(),
                        hn::Lt(hn::Iota(di, static_cast<std::int32_t>(at)), hn::Set(di, static_cast<std::int32_t>(n))));
}

}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#endif
