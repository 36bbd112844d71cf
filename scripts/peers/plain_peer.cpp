// The common comparison model as a plain C++ program: an array of structs, std::mt19937, one pass a week.
// It takes key=number,number… and prints a line of JSON, as peer.py says.
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

struct Consumer {
  float affinity;
  float goodwill;
  std::uint8_t stage;
};

struct Model {
  int weeks;
  float affinity_low, affinity_high;
  std::vector<float> contact_prob, contact_effect;
  float retention, goodwill_rate, talk_rate, down_prob;
  std::uint8_t talk_stage;
  std::vector<float> initial_share, order_prob;
};

using Words = std::map<std::string, std::vector<double>>;

Words read_words(int count, char** texts) {
  Words words;
  for (int i = 1; i < count; ++i) {
    const std::string text = texts[i];
    const auto equals = text.find('=');
    std::stringstream numbers(text.substr(equals + 1));
    for (std::string number; std::getline(numbers, number, ',');)
      words[text.substr(0, equals)].push_back(std::stod(number));
  }
  return words;
}

Model model_of(const Words& words) {
  const auto number = [&](const char* key) { return static_cast<float>(words.at(key).at(0)); };
  const auto list = [&](const char* key) { return std::vector<float>(words.at(key).begin(), words.at(key).end()); };
  Model model;
  model.weeks = static_cast<int>(number("weeks"));
  model.affinity_low = number("affinity_low");
  model.affinity_high = number("affinity_high");
  model.contact_prob = list("contact_prob");
  model.contact_effect = list("contact_effect");
  model.retention = number("retention");
  model.goodwill_rate = number("goodwill_rate");
  model.talk_rate = number("talk_rate");
  model.down_prob = number("down_prob");
  model.talk_stage = static_cast<std::uint8_t>(number("talk_stage"));
  model.initial_share = list("initial_share");
  model.order_prob = list("order_prob");
  return model;
}

class Market {
 public:
  Market(const Model& model, std::size_t consumers, std::uint32_t seed)
      : model_(model), rng_(seed), consumers_(consumers) {
    std::uniform_real_distribution<float> affinity(model.affinity_low, model.affinity_high);
    for (Consumer& consumer : consumers_) consumer = {affinity(rng_), 0, 0};
    std::size_t next = 0;
    for (std::uint8_t stage = 1; stage < model.initial_share.size(); ++stage) {
      const auto count = std::llround(model.initial_share[stage] * static_cast<double>(consumers));
      for (long long i = 0; i < count; ++i) consumers_[next++].stage = stage;
    }
  }

  void run() {
    for (int week = 0; week < model_.weeks; ++week) step();
  }

  std::vector<std::size_t> people_by_stage() const {
    std::vector<std::size_t> people(model_.order_prob.size());
    for (const Consumer& consumer : consumers_) ++people[consumer.stage];
    return people;
  }

  std::size_t orders() const { return orders_; }

 private:
  void step() {
    const float share = static_cast<float>(people_by_stage()[model_.talk_stage]) / consumers_.size();
    const float talk = model_.talk_rate * share;
    const std::size_t last = model_.order_prob.size() - 1;
    for (Consumer& consumer : consumers_) {
      consumer.goodwill *= model_.retention;
      for (std::size_t channel = 0; channel < model_.contact_prob.size(); ++channel) {
        if (uniform_(rng_) < model_.contact_prob[channel] * consumer.affinity)
          consumer.goodwill += model_.contact_effect[channel];
      }
      if (consumer.stage < last && uniform_(rng_) < 1 - std::exp(-model_.goodwill_rate * consumer.goodwill - talk)) {
        ++consumer.stage;
      } else if (consumer.stage > 0 && uniform_(rng_) < model_.down_prob) {
        --consumer.stage;
      }
      if (uniform_(rng_) < model_.order_prob[consumer.stage]) ++orders_;
    }
  }

  Model model_;
  std::mt19937 rng_;
  std::uniform_real_distribution<float> uniform_{0, 1};
  std::vector<Consumer> consumers_;
  std::size_t orders_ = 0;
};

int main(int count, char** texts) {
  const Words words = read_words(count, texts);
  const Model model = model_of(words);
  const auto consumers = static_cast<std::size_t>(words.at("consumers").at(0));
  const auto replications = static_cast<int>(words.at("replications").at(0));
  const auto seed = static_cast<std::uint32_t>(words.at("seed").at(0));

  double seconds = 0, orders = 0;
  int runs = 0;
  std::vector<double> people(model.order_prob.size());
  while (runs < replications || seconds < words.at("seconds").at(0)) {
    Market market(model, consumers, seed + runs);
    const auto start = std::chrono::steady_clock::now();
    market.run();
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    ++runs;
    orders += static_cast<double>(market.orders());
    const auto found = market.people_by_stage();
    for (std::size_t stage = 0; stage < people.size(); ++stage) people[stage] += static_cast<double>(found[stage]);
  }

  const double everybody = static_cast<double>(consumers) * runs;
  std::printf("{\"consumers\": %zu, \"replications\": %d, \"consumer_steps_per_second\": %.17g, ", consumers, runs,
              everybody * model.weeks / seconds);
  std::printf("\"bytes_per_consumer\": %zu, \"orders_per_person\": %.17g, \"shares\": [", sizeof(Consumer),
              orders / everybody);
  for (std::size_t stage = 0; stage < people.size(); ++stage)
    std::printf("%s%.17g", stage == 0 ? "" : ", ", people[stage] / everybody);
  std::puts("]}");
}
