// The whole scenario as the models see it: one struct, filled by scenarios/ or by a test. Nothing here knows a file
// format.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/advocacy/advocacy_options.hpp"
#include "models/after/after_options.hpp"
#include "models/attention/attention_options.hpp"
#include "models/choice/choice_options.hpp"
#include "models/episode/episode_options.hpp"
#include "models/experience/experience_options.hpp"
#include "models/media/media_options.hpp"
#include "models/need/need_options.hpp"
#include "models/outlets/outlets_options.hpp"
#include "models/population/population_options.hpp"
#include "models/private_domain/private_domain_options.hpp"
#include "models/promotion/promotion_options.hpp"
#include "models/response/response_options.hpp"
#include "models/reviews/reviews_options.hpp"
#include "models/search/organic_options.hpp"
#include "models/sources/sources_options.hpp"
#include "models/stages/stages_options.hpp"
#include "models/visits/visits_options.hpp"
#include "models/word_of_mouth/word_of_mouth_options.hpp"
#include "models/world/events_options.hpp"
#include "sim/base/fields.hpp"

namespace populace {

// [scenario]: how the market is simulated.
struct RunOptions {
  std::string title, question;
  std::string currency = "CNY";
  double market_size_people = 0;  // 0: one consumer stands for himself
  std::int64_t consumers = 100'000;
  std::int64_t weeks = 52;
  std::int64_t warmup_weeks = 0;
  std::string step = "week";  // "week" or "day"
  std::string start_date = "2027-01-04";
  std::int64_t seed = 1;
  std::int64_t replications = 10;
  std::string population = "per_replication";  // or "fixed"
  std::string focal_brand;                     // default: the first brand
  std::string focal_machine;                   // whose stages are rungs; default: the first with preset ladder
  int steps_per_week() const { return step == "day" ? 7 : 1; }
  double weeks_per_step() const { return step == "day" ? 1. / 7 : 1.; }
  void visit(FieldVisitor& visitor);
};

// [world]: noise that does not shrink with the number of consumers. Log-normal AR(1) shock per region and week.
struct WorldOptions {
  double demand_shock_cv = 0;
  double demand_shock_ar = .5;
  void visit(FieldVisitor& visitor);
};

struct MarketOptions {
  RunOptions run;
  WorldOptions world;
  std::vector<RegionOptions> regions;
  std::vector<SegmentOptions> segments;
  InvolvementOptions involvement;
  ReplayOptions replay;
  std::vector<ChannelOptions> channels;
  std::vector<CampaignOptions> campaigns;
  IdentityOptions identity;
  std::vector<GardenOptions> gardens;
  CrossCapOptions cross_cap;
  ReachOverlapOptions reach_overlap;
  AttentionOptions attention;
  ResponseOptions response;
  NeedOptions need;
  DropoutOptions dropout;
  EpisodeOptions episode;
  SourcesOptions information;
  std::vector<SourceOptions> sources;
  std::vector<OrganicOptions> listings;
  VisitOptions visits;
  StagePurchaseOptions stage_purchase;
  std::vector<BrandOptions> brands;
  ChoiceOptions choice;
  std::vector<PromotionOptions> promotions;
  HouseholdStockOptions household_stock;
  OutletsOptions retail;  // what outlets have in common
  std::vector<OutletOptions> outlets;
  std::vector<PathOptions> paths;
  SatisfactionOptions satisfaction;
  ExperienceOptions experience;
  CareOptions care;
  CrossSellingOptions cross_selling;
  std::vector<CrisisOptions> crises;
  WordOfMouthOptions word_of_mouth;
  ReviewsOptions reviews;
  std::vector<InfluencerOptions> influencers;
  ReferralOptions referral;
  std::vector<SellerOptions> sellers;
  std::vector<ToolOptions> tools;
  std::vector<MachineOptions> machines;
  PrivateDomainOptions private_domain;
  std::vector<OwnedOptions> owned;
  InformedServiceOptions informed_service;
  AssetsOptions assets;
  std::vector<WorldEventOptions> events;
  bool has_outlets() const;
  bool outlets_set_prices() const;  // some outlet sells at another price than the brand's
  // Whether any walled garden tells the brand who somebody is.
  bool joins_identities() const;
  bool owns_channels() const { return private_domain.enabled && !owned.empty(); }

  void visit(FieldVisitor& visitor);
  // Adds what may be left out: one region, one segment, one brand "brand", the focal brand, brands of campaigns.
  void complete();

 private:
  void complete_by(const ChannelOptions& channel);
};

// Consumers of each cell (region x segment) by largest remainder, so that they sum to all.
std::vector<std::int64_t> consumers_by_cell(const MarketOptions& options);

}  // namespace populace
