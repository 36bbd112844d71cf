// Sources whose word of the focal brand is that of another mechanism of the same market, one step old:
//
//   official account   of an owned channel: only its members consult it
//   influencer         only his followers look; the brand is found if he has posted in the last weeks
//   reviews            found with chance presence V / (V + V_half), V the reviews in force; who found it has read them,
//                      and at the decision the brand has the utility of reviews once
//   friends            over contacts: one of them is asked, strong ties as often as in talk; the brand is found if he
//                      recommends it, and what he says is believed and has its consequences as in any conversation.
//                      Fully mixed: found with chance presence W, W the talk of the market
//
// Rivals are found as in any source. Sources: seed documents S26 (whom people ask), M105; values assumed. See
// docs/methods/sources.md.
#pragma once
#include <cstdint>
#include <vector>

#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/word_of_mouth/word_of_mouth.hpp"
#include "models/world/market_options.hpp"

namespace populace {

inline constexpr std::uint32_t kReviewsRead = 1u << 15;  // beside the brands that were found, which are at most 15

// Who speaks in this step.
struct Voices {
  const WordOfMouth* word_of_mouth;
  const WordOfMouthPlan* plan;
};
// When sources are consulted, and whether all at once, as at a purchase that takes no time.
struct Inquiry {
  Voices voices;
  Moment moment;
  bool at_once = false;
};

class LiveSources {
 public:
  LiveSources(const MarketOptions& options, const std::vector<const SourceOptions*>& sources,
              const SharedColumns& shared);

  // Whether the consumer at a place can consult the source at all.
  bool is_open(std::size_t source, const Inquiry& inquiry, const BlockView& block, std::uint32_t place) const;
  // Bits of what a consultation found, of which `found` holds the brands by presence.
  std::uint32_t hear(std::size_t source, std::uint32_t found, const Inquiry& inquiry, const BlockView& block,
                     std::uint32_t place, BlockScratch& scratch, std::int64_t* row) const;

 private:
  enum class Kind { kFixed, kAccount, kInfluencer, kReviews, kFriends };
  struct Source {
    Kind kind = Kind::kFixed;
    const SourceOptions* options = nullptr;
    std::size_t of = 0;        // owned channel or influencer
    std::uint32_t ask = 0;     // hash for the choice of a friend,
    std::uint32_t said = 0;    // for what he says,
    std::uint32_t review = 0;  // and for finding a review
  };
  bool speaks(const Source& source, const Inquiry& inquiry, const BlockView& block, std::uint32_t place,
              BlockScratch& scratch, std::int64_t* row) const;

  const SharedColumns* shared_;
  std::uint32_t focal_;  // bit
  std::vector<Source> sources_;
};

}  // namespace populace
