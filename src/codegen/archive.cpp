#include "codegen/archive.h"

#include <llvm/Object/Archive.h>
#include <llvm/Object/ArchiveWriter.h>
#include <llvm/Support/MemoryBuffer.h>

#include "codegen/steps.h"

namespace jitegral::codegen {

Expected<std::string> make_archive(const std::string& object) {
  const llvm::NewArchiveMember member(llvm::MemoryBufferRef(object, "jitegral.o"));
  auto made =
      llvm::writeArchiveToBuffer(member, llvm::SymtabWritingMode::NormalSymtab, llvm::object::Archive::K_GNU,
                                 /*Deterministic=*/true, /*Thin=*/false);
  if (!made) return compile_failed(made.takeError());
  return (*made)->getBuffer().str();
}

}  // namespace jitegral::codegen
