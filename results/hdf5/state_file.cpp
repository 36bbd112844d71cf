#include "results/hdf5/state_file.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

#include "results/hdf5/input_file.hpp"
#include "results/hdf5/output_file.hpp"
#include "sim/base/contracts.hpp"

namespace populace {
namespace {

constexpr const char* kFiletype = "populace state";
constexpr std::int64_t kFormatVersion[] = {1, 0};
constexpr std::size_t kChunkBytes = std::size_t{1} << 20;
constexpr unsigned kDeflateLevel = 1;

}  // namespace

void save_state(const std::filesystem::path& path, const StateFile& state) {
  OutputFile file(path);
  file.attempt([&] {
    write_attribute(file.id(), "filetype", kFiletype);
    write_attribute(file.id(), "format_version", std::span(kFormatVersion));
    const Handle texts = create_group(file.id(), "attributes");
    for (const auto& [name, text] : state.attributes) write_attribute(texts.id(), name.c_str(), text);
    const Handle blobs = create_group(file.id(), "blobs");
    for (const auto& [name, bytes] : state.blobs) {
      expects(!name.empty() && name.find('/') == std::string::npos, "the name of a blob is empty or has a slash");
      Shape shape{.extent = {bytes.size()}};
      if (!bytes.empty()) {
        shape.chunk = {std::min(bytes.size(), kChunkBytes)};
        shape.deflate_level = kDeflateLevel;
        shape.checksummed = true;
      }
      write_all(create_dataset(blobs.id(), name, Element::kByte, shape), std::span<const std::byte>(bytes));
    }
  });
  file.commit();
}

StateFile load_state(const std::filesystem::path& path) {
  const InputFile file(path, kFiletype, kFormatVersion[0]);
  StateFile state;
  for (const auto& [name, value] : file.group_attributes("/attributes"))
    if (const auto* text = std::get_if<std::string>(&value)) state.attributes.emplace(name, *text);
  for (const Variable& blob : file.variables("/blobs")) state.blobs.emplace(blob.name, file.bytes(blob));
  return state;
}

}  // namespace populace
