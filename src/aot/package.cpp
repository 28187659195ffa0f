#include "aot/package.h"

#include "aot/link.h"
#include "codegen/archive.h"

namespace jitegral::aot {

Expected<std::string> package(std::string bytes, const Order& order) {
  switch (order.kind) {
    case Kind::archive:
      return codegen::make_archive(bytes);
    case Kind::shared_library:
    case Kind::python_module:
      return link_shared(bytes, c_compiler(order.targets[0].triple));
    case Kind::object:
    case Kind::assembly:
    case Kind::ir:
    case Kind::bitcode:
      return bytes;
  }
  return bytes;
}

}  // namespace jitegral::aot
