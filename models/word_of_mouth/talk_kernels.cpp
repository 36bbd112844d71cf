#include "models/word_of_mouth/talk_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/word_of_mouth/talk_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "models/places-inl.hpp"
#include "sim/random/draw-inl.hpp"
#include "sim/random/math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

// n ties times where u lies in its part of [0, 1).
HWY_INLINE VI tie_of(VF u, float from, float part, std::uint32_t n) {
  const F32 d;
  const float ties = static_cast<float>(n);
  const VI tie = hn::ConvertTo(I32(), hn::Mul(hn::Sub(u, hn::Set(d, from)), hn::Set(d, part > 0 ? ties / part : 0)));
  return hn::Min(tie, hn::Set(I32(), n > 0 ? static_cast<std::int32_t>(n) - 1 : 0));
}

void choose_ties_kernel(const TieChoice& choice, std::uint32_t* words, std::uint8_t* kind, std::uint32_t n) {
  const F32 d;
  const I32 di;
  const U32 du;
  const VI first_weak = hn::Set(di, static_cast<std::int32_t>(choice.strong_ties));
  for (std::size_t k = 0; k < n; k += kLanes) {
    const VF u = unit_float(hn::LoadU(du, words + k));
    const auto strong = hn::RebindMask(di, hn::Lt(u, hn::Set(d, choice.strong_share)));
    const VI weak = tie_of(u, choice.strong_share, 1 - choice.strong_share, choice.weak_ties);
    const VI tie =
        hn::IfThenElse(strong, tie_of(u, 0, choice.strong_share, choice.strong_ties), hn::Add(weak, first_weak));
    hn::StoreU(hn::BitCast(du, tie), du, words + k);
    hn::StoreU(hn::DemoteTo(Bytes(), hn::IfThenZeroElse(strong, hn::Set(di, 1))), Bytes(), kind + k);
  }
}

void count_conversations_kernel(const ConversationCount& task, std::uint32_t n) {
  const F32 d;
  const I32 di;
  const StageTable* at_most = task.at_most->data();
  const std::size_t most = task.at_most->size();
  for (std::uint32_t k = 0; k < n; k += kLanes) {
    alignas(64) std::int32_t stages[kLanes] = {};
    for (std::uint32_t lane = 0; lane < kLanes && k + lane < n; ++lane)
      stages[lane] = task.stage[task.places[k + lane]];
    const VI stage = hn::Load(di, stages);
    const VF u = hn::LoadU(d, task.uniform + k);
    VI count = hn::Set(di, 1);
    for (std::size_t i = 1; i < most; ++i) {
      const auto more = hn::Ge(u, lookup16(d, at_most[i].of, stage));
      if (hn::AllFalse(d, more)) break;
      count = hn::Sub(count, hn::VecFromMask(di, hn::RebindMask(di, more)));
    }
    hn::StoreU(hn::DemoteTo(Bytes(), count), Bytes(), task.count + k);
  }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(choose_ties_kernel);
HWY_EXPORT(count_conversations_kernel);
}  // namespace

void choose_ties(const TieChoice& choice, std::uint32_t* words, std::uint8_t* kind, std::uint32_t n) {
  HWY_DYNAMIC_DISPATCH(choose_ties_kernel)(choice, words, kind, n);
}
void count_conversations(const ConversationCount& task, std::uint32_t n) {
  HWY_DYNAMIC_DISPATCH(count_conversations_kernel)(task, n);
}
}  // namespace populace
#endif
