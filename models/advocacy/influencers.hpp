// Influencers: a few who post to many.
//
//   a follower sees a post with chance see_prob: of n posts in a step at least one with chance 1 - (1 - see_prob)^n;
//   who saw believes with chance trust, which is a believed recommendation (and may be passed on: reprints, M106)
//
// Who follows is drawn once, as a pure function of the consumer. All numbers are assumed.
#pragma once
#include <span>
#include <vector>

#include "models/word_of_mouth/hearing.hpp"

namespace populace {

struct InfluencersPlan {
  struct Post {
    std::size_t influencer = 0;
    DrawStream follows, sees;
    double see_prob = 0;
  };
  std::vector<Post> posts;  // of influencers who post in this step
};

class Influencers {
 public:
  Influencers(const MarketOptions& options, const Traits& traits, const Hearing* hearing, MeasureRegistry& registry);
  double n_posting(std::int32_t step) const;
  bool follows(std::size_t influencer, DrawKey key, const BlockView& block, std::uint32_t place) const;
  // Whether he has posted in this step or in the weeks before it.
  bool posted_lately(std::size_t influencer, std::int32_t step, double weeks) const;
  void begin_step(InfluencersPlan& plan, DrawKey key, std::int32_t step) const;
  void run(const InfluencersPlan& plan, DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
           std::int64_t* row) const;
  void end_step(std::int32_t step, std::span<std::int64_t> totals) const;

 private:
  std::int64_t posts(std::size_t influencer, std::int32_t step) const;
  std::int64_t posts_until(std::size_t influencer, double week) const;
  void see(const InfluencersPlan::Post& post, DrawKey key, std::int32_t step, const BlockView& block,
           BlockScratch& scratch, std::int64_t* row) const;

  const MarketOptions* options_;
  const Traits* traits_;
  const Hearing* hearing_;
  std::size_t views_ = 0, believed_ = 0, fees_ = 0;
};

}  // namespace populace
