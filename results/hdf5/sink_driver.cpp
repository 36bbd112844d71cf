#include "results/hdf5/sink_driver.hpp"

#include <hdf5.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>

namespace populace {
namespace {

constexpr haddr_t kMaxAddress = static_cast<haddr_t>(std::numeric_limits<off_t>::max());

struct SinkFile : H5FD_t {
  Sink* sink = nullptr;
  haddr_t end_of_allocation = 0;
  haddr_t end_of_file = 0;
};

SinkFile& sink_file(H5FD_t* file) { return *static_cast<SinkFile*>(file); }
const SinkFile& sink_file(const H5FD_t* file) { return *static_cast<const SinkFile*>(file); }

void note(Sink& sink, int error_number) {
  if (sink.error_number == 0) sink.error_number = error_number;
}

H5FD_t* open_sink(const char*, unsigned flags, hid_t access, haddr_t) {
  const auto* info = static_cast<Sink* const*>(H5Pget_driver_info(access));
  if (info == nullptr) return nullptr;
  auto* file = new SinkFile{};
  file->sink = *info;
  if ((flags & H5F_ACC_TRUNC) != 0 && ::ftruncate(file->sink->descriptor, 0) != 0) note(*file->sink, errno);
  return file;
}

herr_t close_sink(H5FD_t* file) {
  delete &sink_file(file);
  return 0;
}

herr_t query_sink(const H5FD_t*, unsigned long* features) {
  *features = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

haddr_t allocated(const H5FD_t* file, H5FD_mem_t) { return sink_file(file).end_of_allocation; }

herr_t set_allocated(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  sink_file(file).end_of_allocation = address;
  return 0;
}

haddr_t end_of_file(const H5FD_t* file, H5FD_mem_t) { return sink_file(file).end_of_file; }

herr_t read_sink(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, size_t size, void* buffer) {
  auto* bytes = static_cast<char*>(buffer);
  while (size > 0) {
    const ssize_t n = ::pread(sink_file(file).sink->descriptor, bytes, size, static_cast<off_t>(address));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) note(*sink_file(file).sink, errno);
    if (n <= 0) {
      std::memset(bytes, 0, size);  // beyond the end, as HDF5 expects of its drivers
      return 0;
    }
    bytes += n;
    address += static_cast<haddr_t>(n);
    size -= static_cast<size_t>(n);
  }
  return 0;
}

herr_t write_sink(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, size_t size, const void* buffer) {
  SinkFile& self = sink_file(file);
  self.end_of_file = std::max(self.end_of_file, address + size);
  const auto* bytes = static_cast<const char*>(buffer);
  while (size > 0 && self.sink->error_number == 0) {
    const ssize_t n = ::pwrite(self.sink->descriptor, bytes, size, static_cast<off_t>(address));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      note(*self.sink, errno);
      return 0;
    }
    bytes += n;
    address += static_cast<haddr_t>(n);
    size -= static_cast<size_t>(n);
  }
  return 0;
}

herr_t truncate_sink(H5FD_t* file, hid_t, hbool_t) {
  SinkFile& self = sink_file(file);
  if (self.end_of_allocation == self.end_of_file) return 0;
  if (self.sink->error_number == 0 &&
      ::ftruncate(self.sink->descriptor, static_cast<off_t>(self.end_of_allocation)) != 0)
    note(*self.sink, errno);
  self.end_of_file = self.end_of_allocation;
  return 0;
}

hid_t register_driver() {
  static H5FD_class_t driver = [] {
    constexpr H5FD_mem_t kKinds[] = H5FD_FLMAP_DICHOTOMY;
    H5FD_class_t made{};
    made.name = "populace_sink";
    made.maxaddr = kMaxAddress;
    made.fc_degree = H5F_CLOSE_WEAK;
    made.fapl_size = sizeof(Sink*);
    made.open = open_sink;
    made.close = close_sink;
    made.query = query_sink;
    made.get_eoa = allocated;
    made.set_eoa = set_allocated;
    made.get_eof = end_of_file;
    made.read = read_sink;
    made.write = write_sink;
    made.truncate = truncate_sink;
    std::copy(std::begin(kKinds), std::end(kKinds), made.fl_map);
    return made;
  }();
  return H5FDregister(&driver);
}

}  // namespace

Handle sink_access(Sink& sink) {
  static const hid_t driver = check_hdf5(register_driver(), "register its file driver");
  Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "prepare a file");
  Sink* info = &sink;
  check_hdf5(H5Pset_driver(access.id(), driver, &info), "set its file driver");
  return access;
}

}  // namespace populace
