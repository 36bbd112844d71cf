#include "sim/network/contact_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "sim/network/contact_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "sim/random/draw-inl.hpp"
#include "sim/random/math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

using MU = hn::Mask<U32>;

HWY_INLINE MU at_least(VU a, VU b) { return hn::Eq(hn::Max(a, b), a); }

struct LaneKeys {
  VU round[kFeistelRounds];
};

// Of each lane's permutation; from a table in registers where there are few.
template <bool kFew>
HWY_INLINE LaneKeys keys_of(const NetworkKeys& keys, VU permutation) {
  const U32 d;
  const I32 di;
  LaneKeys out;
  for (int r = 0; r < kFeistelRounds; ++r) {
#if HWY_TARGET <= HWY_AVX2
    if constexpr (kFew) {
      out.round[r] =
          hn::BitCast(d, lookup16(F32(), reinterpret_cast<const float*>(keys.few[r]), hn::BitCast(di, permutation)));
      continue;
    }
#endif
    const VU at = hn::Mul(permutation, hn::Set(d, std::uint32_t{kFeistelRounds}));
    out.round[r] = hn::GatherIndex(d, keys.of.front().round + r, hn::BitCast(di, at));
  }
  return out;
}

// Ranges of the lanes, as FeistelDomain has them.
struct LaneDomain {
  VU first, n, tweak, low, rows;
};

HWY_INLINE LaneDomain choose(MU mask, const LaneDomain& yes, const LaneDomain& no) {
  return {hn::IfThenElse(mask, yes.first, no.first), hn::IfThenElse(mask, yes.n, no.n),
          hn::IfThenElse(mask, yes.tweak, no.tweak), hn::IfThenElse(mask, yes.low, no.low),
          hn::IfThenElse(mask, yes.rows, no.rows)};
}

HWY_INLINE LaneDomain domain_of(std::uint32_t n, VU first) {
  const U32 d;
  const FeistelDomain domain(n, 0);
  return {first, hn::Set(d, n), hn::Mul(first, hn::Set(d, kFeistelM2)),
          hn::Set(d, static_cast<std::uint32_t>(domain.low)), hn::Set(d, domain.rows)};
}

// Upper halves of the products.
HWY_INLINE VU high_product(VU a, VU b) {
  const U32 d;
  const U64 wide;
  const auto even = hn::MulEven(a, b), odd = hn::MulEven(hn::BitCast(d, hn::ShiftRight<32>(hn::BitCast(wide, a))), b);
  return hn::OddEven(hn::BitCast(d, odd), hn::BitCast(d, hn::ShiftRight<32>(even)));
}

// x / by. The product with the reciprocal, rounded down, is too small by one at most.
HWY_INLINE VU divided(VU x, std::uint32_t by) {
  const U32 d;
  const VU q = high_product(x, hn::Set(d, 0xFFFFFFFFu / by));
  const VU rest = hn::Sub(x, hn::Mul(q, hn::Set(d, by)));
  return hn::Add(q, hn::IfThenElseZero(at_least(rest, hn::Set(d, by)), hn::Set(d, 1u)));
}

HWY_INLINE VU community_of(const CommunityCut& cut, VU offset) {
  const U32 d;
  if (cut.last == 0) return hn::Zero(d);
  return hn::Min(divided(offset, cut.size), hn::Set(d, cut.last));
}

HWY_INLINE VU hash_of(VU half, VU key, VU tweak) {
  const U32 d;
  const VU h = hn::Add(hn::Mul(hn::Xor(half, key), hn::Set(d, kFeistelM1)), tweak);
  return hn::Mul(hn::Xor(h, hn::ShiftRight<15>(h)), hn::Set(d, kFeistelM2));
}
HWY_INLINE VU row_of(VU hash, VU rows) { return hn::ShiftRight<16>(hn::Mul(hn::ShiftRight<16>(hash), rows)); }

template <bool kInverse>
HWY_INLINE VU walk(const LaneKeys& key, const LaneDomain& in, VU x) {
  const U32 d;
  const VU mask = hn::Sub(hn::Shl(hn::Set(d, 1u), in.low), hn::Set(d, 1u)), drop = hn::Sub(hn::Set(d, 32u), in.low);
  VU low = hn::And(x, mask), high = hn::Shr(x, in.low);
  for (int r = 0; r < kFeistelRounds; r += 2) {
    if constexpr (kInverse) {
      const int back = kFeistelRounds - 2 - r;
      low = hn::Xor(low, hn::Shr(hash_of(high, key.round[back + 1], in.tweak), drop));
      const VU less = hn::Sub(high, row_of(hash_of(low, key.round[back], in.tweak), in.rows));
      high = hn::Min(less, hn::Add(less, in.rows));  // what fell below 0 is large
    } else {
      const VU more = hn::Add(high, row_of(hash_of(low, key.round[r], in.tweak), in.rows));
      high = hn::Min(more, hn::Sub(more, in.rows));
      low = hn::Xor(low, hn::Shr(hash_of(high, key.round[r + 1], in.tweak), drop));
    }
  }
  return hn::Or(hn::Shl(high, in.low), low);
}

// Walked until it lies in the range.
template <bool kInverse>
HWY_INLINE VU permuted(const LaneKeys& key, const LaneDomain& in, VU x) {
  const U32 d;
  x = walk<kInverse>(key, in, x);
  for (MU out = at_least(x, in.n); !hn::AllFalse(d, out); out = at_least(x, in.n))
    x = hn::IfThenElse(out, walk<kInverse>(key, in, x), x);
  return x;
}

// Places along the circles, or kNobodyMet where a circle closes on the consumer himself.
HWY_INLINE VU neighbour(const MeetingTask& task, const LaneDomain& in, VU place, VU tie) {
  const U32 d;
  const VU one = hn::Set(d, 1u);
  VU first = hn::Zero(d), n = in.n;
  if (task.circle.last > 0) {
    const VU community = community_of(task.circle, place), last = hn::Set(d, task.circle.last);
    first = hn::Mul(community, hn::Set(d, task.circle.size));
    n = hn::IfThenElse(hn::Eq(community, last), hn::Sub(hn::Set(d, task.whole.n), first), hn::Set(d, task.circle.size));
  }
  VU hops = hn::Add(hn::ShiftRight<1>(tie), one);
  for (MU around = at_least(hops, n); !hn::AllFalse(d, around); around = at_least(hops, n))
    hops = hn::IfThenElse(around, hn::Sub(hops, n), hops);
  const MU right = hn::Eq(hn::And(tie, one), hn::Zero(d));
  const VU other = hn::Add(hn::Sub(place, first), hn::IfThenElse(right, hops, hn::Sub(n, hops)));
  const VU found = hn::Add(first, hn::Min(other, hn::Sub(other, n)));
  return hn::IfThenElse(hn::Eq(hops, hn::Zero(d)), hn::Set(d, kNobodyMet), found);
}

template <bool kFew>
HWY_INLINE VU contacts_of(const MeetingTask& task, VU rank, VU tie) {
  const U32 d;
  const VU n_strong = hn::Set(d, task.strong_ties), one = hn::Set(d, 1u);
  const MU strong = hn::Lt(tie, n_strong);
  const VU permutation = hn::IfThenElse(strong, hn::Zero(d), hn::Add(hn::Sub(tie, n_strong), one));
  const LaneKeys keys = keys_of<kFew>(*task.keys, permutation);

  const VU whole = hn::Set(d, task.whole.first), community = community_of(task.mixed, hn::Sub(rank, whole)),
           first = hn::Add(whole, hn::Mul(community, hn::Set(d, task.mixed.size)));
  const MU last = hn::Eq(community, hn::Set(d, task.mixed.last));
  const LaneDomain mixed = choose(last, domain_of(task.whole.n - task.mixed.last * task.mixed.size, first),
                                  domain_of(task.mixed.size, first));
  const LaneDomain in = choose(strong, mixed, domain_of(task.reach.n, hn::Set(d, task.reach.first)));

  const VU place = permuted<false>(keys, in, hn::Sub(rank, in.first));
  const VU other = hn::IfThenElse(strong, neighbour(task, in, place, tie), hn::Xor(place, one));
  const MU nobody = at_least(other, in.n);
  const VU contact = hn::Add(in.first, permuted<true>(keys, in, hn::IfThenZeroElse(nobody, other)));
  return hn::IfThenElse(nobody, hn::Set(d, kNobodyMet), contact);
}

template <bool kFew>
void find_all(const MeetingTask& task) {
  const U32 d;
  for (std::uint32_t k = 0; k < task.count; k += kLanes) {
    VU tie = hn::LoadU(d, task.ties + k), place = hn::LoadU(d, task.places + k);
    if (k + kLanes > task.count) {  // filling repeats a consumer, whose walk ends
      const MU real = hn::Lt(lanes_from(k), hn::Set(d, task.count));
      tie = hn::IfThenElse(real, tie, hn::Set(d, task.ties[k]));
      place = hn::IfThenElse(real, place, hn::Set(d, task.places[k]));
    }
    hn::StoreU(contacts_of<kFew>(task, hn::Add(place, hn::Set(d, task.first_rank)), tie), d, task.contacts + k);
  }
}

void find_contacts_kernel(const MeetingTask& task) {
  if (task.keys->of.size() <= NetworkKeys::kFew)
    find_all<true>(task);
  else
    find_all<false>(task);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(find_contacts_kernel);
}  // namespace

void find_contacts(const MeetingTask& task) { HWY_DYNAMIC_DISPATCH(find_contacts_kernel)(task); }
}  // namespace populace
#endif
