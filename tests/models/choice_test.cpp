// The choice, occasion by occasion on common draws: a better brand takes buyers from others and from those who did not
// buy; it never moves a buyer between two others.
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "models/choice/choice_kernels.hpp"
#include "tests/random/every_isa.hpp"

using namespace populace;

namespace {

constexpr std::uint32_t kOccasions = 20'000;
constexpr std::size_t kBrands = 5;

struct Occasions {
  std::vector<std::vector<float>> log_taste, deviation;
  std::vector<std::vector<std::uint32_t>> words;
  std::vector<std::uint32_t> buy, considered;

  Occasions() {
    std::mt19937 engine(20250711);
    std::normal_distribution<float> normal(0, 1.5f);
    const std::size_t room = kOccasions + 16;
    for (std::size_t b = 0; b < kBrands; ++b) {
      log_taste.emplace_back(room);
      deviation.emplace_back(room);
      words.emplace_back(room);
      for (std::size_t i = 0; i < room; ++i) {
        log_taste[b][i] = normal(engine);
        deviation[b][i] = .3f * normal(engine);
        words[b][i] = static_cast<std::uint32_t>(engine());
      }
    }
    for (std::size_t i = 0; i < room; ++i) {
      buy.push_back(static_cast<std::uint32_t>(engine()));
      considered.push_back(static_cast<std::uint32_t>(engine()) & 31);
    }
  }

  std::vector<std::int32_t> chosen(std::size_t better, float by, float category_response, float no_purchase) const {
    BrandTask brands[kBrands];
    for (std::size_t b = 0; b < kBrands; ++b) {
      brands[b].log_taste = log_taste[b].data();
      brands[b].deviation = deviation[b].data();
      brands[b].words = words[b].data();
      brands[b].share = .2f;
      brands[b].common_deviation = b == better ? by : 0;
    }
    ChoiceTask task;
    task.brands = brands;
    task.n_brands = kBrands;
    task.considered = considered.data();
    task.buy_words = buy.data();
    task.taste_floor = .05f;
    task.category_response = category_response;
    task.no_purchase = no_purchase;
    task.n = kOccasions;
    std::vector<std::int32_t> out(kOccasions + 16);
    task.chosen = out.data();
    choose(task);
    out.resize(kOccasions);
    return out;
  }
};

}  // namespace

TEST_CASE("a better brand never moves a buyer between two others") {
  const Occasions occasions;
  for_every_isa([&](const std::string& isa) {
    INFO(isa);
    for (const float by : {.001f, .1f, 1.f, 4.f}) {
      const std::vector<std::int32_t> base = occasions.chosen(2, 0, .6f, .8f),
                                      better = occasions.chosen(2, by, .6f, .8f);
      int moved = 0, lost = 0, won = 0, stopped = 0;
      for (std::size_t i = 0; i < kOccasions; ++i) {
        if (base[i] == better[i]) continue;
        if (base[i] == 2)
          ++lost;
        else if (base[i] == -1)
          ++won;
        else if (better[i] == -1)
          ++stopped;
        else if (better[i] == 2)
          ++won;
        else
          ++moved;
      }
      CHECK(moved == 0);
      CHECK(lost == 0);
      CHECK(stopped == 0);
      CHECK((by < .05f || won > 0));
    }
  });
}

TEST_CASE("a race on shared words would move buyers between others") {
  // A control: one uniform cut into shares, the usual way, does what the race must not.
  const Occasions occasions;
  const auto by_shares = [&](float by) {
    std::vector<int> out;
    for (std::size_t i = 0; i < kOccasions; ++i) {
      double weight[kBrands], sum = 0;
      for (std::size_t b = 0; b < kBrands; ++b)
        sum += weight[b] = std::exp(static_cast<double>(occasions.log_taste[b][i] + (b == 2 ? by : 0)));
      double u = (occasions.buy[i] + .5) * 0x1p-32 * sum;
      int b = 0;
      while (b + 1 < static_cast<int>(kBrands) && u >= weight[b]) u -= weight[b++];
      out.push_back(b);
    }
    return out;
  };
  const std::vector<int> base = by_shares(0), better = by_shares(1);
  int moved = 0;
  for (std::size_t i = 0; i < kOccasions; ++i) moved += base[i] != better[i] && better[i] != 2;
  CHECK(moved > 100);
}

TEST_CASE("a brand that is not considered is not chosen, and where none is nothing is bought") {
  const Occasions occasions;
  for_every_isa([&](const std::string& isa) {
    INFO(isa);
    const std::vector<std::int32_t> chosen = occasions.chosen(0, 0, .6f, 0);
    for (std::size_t i = 0; i < kOccasions; ++i) {
      if (occasions.considered[i] == 0)
        REQUIRE(chosen[i] == -1);
      else
        REQUIRE((occasions.considered[i] >> chosen[i] & 1) == 1);
    }
  });
}

TEST_CASE("choices are the same on every instruction set") {
  const Occasions occasions;
  std::vector<std::int32_t> first;
  for_every_isa([&](const std::string& isa) {
    INFO(isa);
    const std::vector<std::int32_t> chosen = occasions.chosen(1, .3f, .4f, .8f);
    if (first.empty()) first = chosen;
    CHECK((chosen == first));
  });
}
