#include "sim/network/permutation_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "sim/network/permutation_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

using U32 = hn::CappedTag<std::uint32_t, 16>;
using VU = hn::Vec<U32>;

HWY_INLINE VU hash_of(VU half, std::uint32_t key, VU tweak) {
  const U32 d;
  const VU h = hn::Add(hn::Mul(hn::Xor(half, hn::Set(d, key)), hn::Set(d, kFeistelM1)), tweak);
  return hn::Mul(hn::Xor(h, hn::ShiftRight<15>(h)), hn::Set(d, kFeistelM2));
}
HWY_INLINE VU row_of(VU hash, VU rows) { return hn::ShiftRight<16>(hn::Mul(hn::ShiftRight<16>(hash), rows)); }

template <bool kInverse>
HWY_INLINE VU walk(const FeistelKey& key, VU x, VU tweak, VU low_bits, VU rows) {
  const U32 d;
  const VU mask = hn::Sub(hn::Shl(hn::Set(d, 1u), low_bits), hn::Set(d, 1u));
  const VU drop = hn::Sub(hn::Set(d, 32u), low_bits);
  VU low = hn::And(x, mask), high = hn::Shr(x, low_bits);
  for (int r = 0; r < kFeistelRounds; r += 2) {
    if constexpr (kInverse) {
      const int back = kFeistelRounds - 2 - r;
      low = hn::Xor(low, hn::Shr(hash_of(high, key.round[back + 1], tweak), drop));
      const VU less = hn::Sub(high, row_of(hash_of(low, key.round[back], tweak), rows));
      high = hn::Min(less, hn::Add(less, rows));  // what fell below 0 is large
    } else {
      const VU more = hn::Add(high, row_of(hash_of(low, key.round[r], tweak), rows));
      high = hn::Min(more, hn::Sub(more, rows));
      low = hn::Xor(low, hn::Shr(hash_of(high, key.round[r + 1], tweak), drop));
    }
  }
  return hn::Or(hn::Shl(high, low_bits), low);
}

template <bool kInverse>
void walk_all(const FeistelKey& key, PermutationTask& task) {
  const U32 d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t i = task.count; i % 16 != 0; ++i) {  // filling that ends at once
    task.x[i] = task.tweak[i] = 0;
    task.n[i] = 4;
    task.low[i] = 1;
    task.rows[i] = 2;
  }
  for (std::size_t i = 0; i < task.count; i += lanes) {
    const VU n = hn::LoadU(d, task.n + i), tweak = hn::LoadU(d, task.tweak + i), low = hn::LoadU(d, task.low + i),
             rows = hn::LoadU(d, task.rows + i);
    VU x = walk<kInverse>(key, hn::LoadU(d, task.x + i), tweak, low, rows);
    for (auto outside = hn::Not(hn::Lt(x, n)); !hn::AllFalse(d, outside); outside = hn::Not(hn::Lt(x, n)))
      x = hn::IfThenElse(outside, walk<kInverse>(key, x, tweak, low, rows), x);
    hn::StoreU(x, d, task.x + i);
  }
}

void permute_kernel(const FeistelKey& key, PermutationTask& task) { walk_all<false>(key, task); }
void unpermute_kernel(const FeistelKey& key, PermutationTask& task) { walk_all<true>(key, task); }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(permute_kernel);
HWY_EXPORT(unpermute_kernel);
}  // namespace

void permute_all(const FeistelKey& key, PermutationTask& task) { HWY_DYNAMIC_DISPATCH(permute_kernel)(key, task); }
void unpermute_all(const FeistelKey& key, PermutationTask& task) { HWY_DYNAMIC_DISPATCH(unpermute_kernel)(key, task); }
}  // namespace populace
#endif
