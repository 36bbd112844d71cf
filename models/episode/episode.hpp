// The purchase episode: idle, need, search, evaluate, decide, after.
//
//   v_k <  extended_from: routine. Need and decision fall into one step, any number of times.
//   v_k >= extended_from: extended. At most one open episode; a further need meanwhile joins it. In a step, by one
//          uniform: given up with chance 1 - (1 - g)^dt, else it leaves stage s with chance 1 - exp(-dt / m_s),
//          m_s = weeks_s (1 - d (1 - v)), v as it was at the need; whoever is informed enough leaves search at once.
//   Leaving decide is the intention: an occasion to choose with chance `completion_prob`, else it comes to nothing.
//
// Stays are geometric: whoever enters a stage in a step is asked first in the next. With a constant inflow a a step and
// chance q to stay, occupancy after t steps is a (1 - q^t) / (1 - q). Needs are conserved, step by step:
//   needs = routine + opened + joined,    opened = decided + given up + hindered + change of open episodes.
// Units: steps, weeks. Sources: seed documents S26 (five stages), M4 (route by purchase), M5 (obstacles); dwell times
// assumed. See docs/methods/episode.md.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "models/media/delivery.hpp"
#include "models/population/traits.hpp"
#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

// Codes of SharedColumns::episode, in the order of kTargetEpisodes.
enum class EpisodeStage : std::uint8_t { kIdle, kNeed, kSearch, kEvaluate, kDecide, kAfter };
inline constexpr std::size_t kEpisodeStages = 6;
// Occasions of a step beyond those that its own needs bring: the decision of an episode, and queries on its way there.
inline constexpr std::uint32_t kEpisodeOccasion = kMaxOccasions - 1, kQueryOccasion = kMaxOccasions - 2;

struct EpisodeState {
  std::vector<std::int64_t> occupancy;  // by cell and stage
  void save(ByteWriter& out) const { out.put(occupancy); }
  void load(ByteReader& in) { in.get(occupancy); }
};

class Episode {
 public:
  Episode(const MarketOptions& options, const Traits& traits, SharedColumns& shared, Layout& layout,
          MeasureRegistry& registry);
  void add_kpis(MeasureRegistry& registry) const;

  EpisodeState make_state(std::size_t n_cells) const { return {std::vector<std::int64_t>(n_cells * kEpisodeStages)}; }
  void build(const BlockView& block, std::int64_t* row) const;
  void begin(EpisodeState& state, std::span<const std::int64_t> rows, std::size_t row_size) const;
  // Moves open episodes on. Leaves in scratch.list those that have come to a choice, scratch.involvement beside them.
  void advance(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  // Of needs in scratch.list, with scratch.involvement: extended ones open an episode, routine ones remain. The whole
  // list is kept in scratch.waiting.
  void sift(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, BlockScratch& scratch,
            std::int64_t* row) const;
  void end_step(EpisodeState& state, std::span<std::int64_t> rows, std::size_t row_size) const;

  // Contacts with push campaigns by the stage of whoever met them.
  void count_contacts(const DeliveryPlan& plan, const Delivery& delivery, const BlockView& block, BlockScratch& scratch,
                      std::int64_t* row) const;
  // Slot of contacts with a campaign of consumers in a stage; they are counted at all.
  bool counts_contacts() const { return counts_contacts_; }
  std::size_t contacts_slot(std::size_t campaign, EpisodeStage stage) const {
    return contacts_ + campaign * kEpisodeStages + static_cast<std::size_t>(stage);
  }

 private:
  enum Count { kNeeds, kRoutine, kRoutineHindered, kOpened, kJoined, kDecided, kGivenUp, kHindered, kCounts };
  using StageChances = std::array<std::array<float, 256>, kEpisodeStages>;  // by stage and code of involvement
  struct Settled {
    EpisodeStage stage;
    bool decides;
  };
  void plan_chances();
  Settled pass_on(EpisodeStage from, std::size_t segment, std::int64_t* row) const;
  void enter(std::uint8_t& column, EpisodeStage to, std::int64_t* row) const;
  void open(std::uint32_t place, float involvement, const BlockView& block, std::int64_t* row) const;
  // Moves one open episode on; true where it leaves decide.
  bool moves_to_decision(std::uint32_t place, double u, const BlockView& block, Trace* trace, std::int64_t* row) const;
  void settle_intentions(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                         std::int64_t* row) const;
  void leap(EpisodeStage from, EpisodeStage to, std::int64_t* row) const;

  const MarketOptions* options_;
  const Traits* traits_;
  const SharedColumns* shared_;
  Column<std::uint8_t> stage_, involvement_;
  std::vector<StageChances> leave_;                       // by segment
  std::vector<std::array<bool, kEpisodeStages>> dwells_;  // by segment: the stage takes time
  std::vector<double> give_up_;                           // by segment, in a step
  bool counts_contacts_ = false;
  std::size_t counts_ = 0, occupancy_ = 0, leaps_ = 0, contacts_ = 0;  // slots
};

}  // namespace populace
