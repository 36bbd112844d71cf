// Word of mouth over contacts: a consumer holds conversations and reads what a contact published a step ago.
//
//   conversations in a step ~ Poisson(c sociability(segment) listening(stage) dt); each is with one contact: a strong
//   tie with chance strong_talk_share, a weak one else, and of its kind any with the same chance the contact recommends
//   with chance voice_s of his stage s, or warns with chance negative_voice_s; a disappointed one warns with chance
//   disappointed_voice and recommends nothing; what is said is believed with the chance of the tie one who passes a
//   recommendation on, or who sells, recommends with chance 1 - (1 - voice)(1 - forward_voice)(1 - voice of sellers);
//   what follows from believing is in hearing.hpp
//
// On a complete network a rate of recommendation q is the Bass model of N consumers who meet the N - 1 others (Bass
// 1969, doi:10.1287/mnsc.15.5.215); on a circle of two ties it is the model of Fibich & Gibori 2010,
// doi:10.1287/opre.1100.0818. That negative word of mouth weighs: Arndt 1967, doi:10.2307/3149462. Numbers are assumed.
#pragma once
#include <memory>
#include <vector>

#include "models/advocacy/referral.hpp"
#include "models/advocacy/tools.hpp"
#include "models/population/traits.hpp"
#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/stages/stages.hpp"
#include "models/word_of_mouth/hearing.hpp"
#include "models/word_of_mouth/talk_kernels.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"
#include "sim/network/network.hpp"

namespace populace {

inline constexpr std::uint32_t kMostConversations = 64;  // of a consumer in a step

struct TalkPlan {
  NetworkKeys keys;
  DrawStream stream;  // of conversations
};

// One contact is asked on purpose: which one, and what he says, by two uniforms.
struct Question {
  Moment moment;
  double whom = 0, said = 0;
};

// What a conversation can lead to besides hearing.
struct TalkParts {
  const Hearing* hearing = nullptr;
  const Referral* referral = nullptr;
  const Tools* tools = nullptr;
};

class Talk {
 public:
  Talk(const MarketOptions& options, const Traits& traits, const Stages& stages, const SharedColumns& shared,
       const TalkParts& parts, MeasureRegistry& registry);

  void begin_step(TalkPlan& plan, DrawKey key, std::int32_t step) const;
  void run(const TalkPlan& plan, DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
           std::int64_t* row) const;
  // Whether the contact who is asked recommends the brand; what he says is heard as in any conversation.
  bool ask(const TalkPlan& plan, const Question& question, const BlockView& block, std::uint32_t place,
           BlockScratch& scratch, std::int64_t* row) const;
  // Writes the block's published bytes; flags come from scratch.publish_flags, or are none.
  void publish(const BlockView& block, const std::uint8_t* flags) const;
  const Network& network() const { return *network_; }

 private:
  struct Said {  // chances of one kind of tie by published byte: believed recommendation, any, believed warning, any
    float believed[256], positive[256], feared[256], negative[256];
    std::uint32_t notable[256];  // words below it say something, or invite
  };
  // Ranks of the contacts of the conversations in scratch.list into scratch.leaps, by the words in scratch.list_words,
  // which are used up, and kinds of ties into scratch.tie_kind.
  void meet(const TalkPlan& plan, const BlockView& block, BlockScratch& scratch) const;
  void meet_anybody(std::uint32_t first_rank, BlockScratch& scratch) const;
  // Conversations of the list where something is said, by the words in scratch.voice_words, into scratch.notable.
  void find_notable(const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  void listen(const Moment& moment, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  struct Heard {
    std::uint32_t place, contact;
    std::uint8_t tie;
    float u;  // decides what is said and whether it is believed
  };
  // Whether it is a recommendation.
  bool hear(const Moment& moment, const Heard& heard, const BlockView& block, BlockScratch& scratch,
            std::int64_t* row) const;
  void fill_voices();
  void register_measures(MeasureRegistry& registry);

  const MarketOptions* options_;
  const Traits* traits_;
  const Stages* stages_;
  const SharedColumns* shared_;
  TalkParts parts_;
  std::size_t machine_;
  std::unique_ptr<Network> network_;
  bool complete_;
  TieChoice ties_;
  std::vector<StageTable> silent_;                // by segment: chance of no conversation, by stage
  std::vector<std::vector<StageTable>> at_most_;  // by segment and n: chance of at most n conversations, by stage
  Said said_[2];                                  // strong, weak
  std::size_t sent_ = 0, received_ = 0, conversations_ = 0, believed_ = 0;
};

}  // namespace populace
