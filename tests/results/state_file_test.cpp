// A saved state comes back byte for byte, or not at all.
#include "results/hdf5/state_file.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "results/hdf5/whole_file.hpp"
#include "sim/base/contracts.hpp"
#include "tests/results/file_size_limit.hpp"
#include "tests/results/sample.hpp"

namespace populace {
namespace {

namespace fs = std::filesystem;
using Catch::Contains;

StateFile sample_state() {
  StateFile state;
  state.attributes = {{"scenario", "x = 1\n"}, {"größe", "学"}, {"empty", ""}, {"long", std::string(200'000, 'a')}};
  std::vector<std::byte>& large = state.blobs["columns"];
  large.resize(3'000'001);
  std::uint32_t value = 1;
  for (std::byte& one : large) one = static_cast<std::byte>((value = value * 1664525 + 1013904223) >> 24);
  state.blobs["zero bytes"];
  state.blobs["one"] = {std::byte{255}};
  return state;
}

}  // namespace

TEST_CASE("a state comes back byte for byte") {
  const fs::path path = sample::folder("state") / "a.state";
  const StateFile state = sample_state();
  save_state(path, state);
  const StateFile loaded = load_state(path);
  CHECK(loaded.attributes == state.attributes);
  CHECK(loaded.blobs == state.blobs);
  save_state(path, {});
  CHECK(load_state(path).blobs.empty());
}

TEST_CASE("a damaged state is refused") {
  const fs::path folder = sample::folder("damaged");
  const fs::path path = folder / "a.state";
  save_state(path, sample_state());
  const std::string whole = sample::content(path);

  std::ofstream(folder / "cut.state", std::ios::binary) << whole.substr(0, whole.size() - 1000);
  CHECK_THROWS_WITH(load_state(folder / "cut.state"), Contains("cut.state: it is truncated"));
  std::string flipped = whole;
  flipped[whole.size() / 2] = static_cast<char>(flipped[whole.size() / 2] ^ 16);
  std::ofstream(folder / "flipped.state", std::ios::binary) << flipped;
  CHECK_THROWS_WITH(load_state(folder / "flipped.state"), Contains("flipped.state: ") && Contains("it may be damaged"));
  std::ofstream(folder / "empty.state").close();
  CHECK_THROWS_AS(load_state(folder / "empty.state"), FileError);
  sample::write(folder / "run.h5", sample::records(1));
  CHECK_THROWS_WITH(load_state(folder / "run.h5"),
                    Contains("run.h5: it is \"populace results\", not \"populace state\""));
}

TEST_CASE("a full disk leaves the state that was there") {
  const fs::path path = sample::folder("state_full") / "a.state";
  StateFile state;
  state.blobs["small"] = {std::byte{1}};
  save_state(path, state);
  for (const rlim_t bytes : {0, 3'000, 1'000'000}) {
    const FileSizeLimit limit(bytes);
    CHECK_THROWS_WITH(save_state(path, sample_state()), Contains("a.state: File too large"));
  }
  CHECK(load_state(path).blobs == state.blobs);
}

TEST_CASE("a blob's name has no slash") {
  StateFile state;
  state.blobs["a/b"] = {};
  CHECK_THROWS_AS(save_state(sample::folder("slash") / "a.state", state), ContractViolation);
}

}  // namespace populace
