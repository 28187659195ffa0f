"""Installs into an empty prefix and uses what is there as strangers do: a CMake project and a Makefile with
pkg-config, outside the source tree, and a process that holds another LLVM."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

program, root, build = (pathlib.Path(p) for p in sys.argv[1:4])


def run(*command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, **more)
    assert done.returncode == 0, f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def check_symbols(library):
    """Only our names can be seen: nothing of LLVM, ANTLR, fmt or the C++ library."""
    lines = run("nm", "-D", "--defined-only", "--demangle", library).splitlines()
    names = [line.split(maxsplit=2)[2] for line in lines]
    strangers = [n for n in names if not re.match(r"jitegral_|(typeinfo|vtable|typeinfo name) for jitegral::|jitegral::", n)]
    assert names and not strangers, strangers[:20]
    public = {"Session", "Formula", "Integral", "Error", "Cancellation", "integrate", "integrate_batch", "to_text"}
    for name in names:
        found = re.search(r"jitegral::(?:\(anonymous namespace\)::)?(\w+)", name)
        assert found is None or found[1] in public, name


def other_llvms():
    listed = run("ldconfig", "-p")
    return sorted(set(re.findall(r"=> (\S*/libLLVM[-.\w]*\.so[.\d]*)", listed)))


def headers_are_clean(include):
    for header in include.rglob("*"):
        if header.is_file():
            assert not re.search(r"\b(llvm|antlr4?|tbb)\b", header.read_text().replace('"tbb"', "")), header


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    prefix = folder / "prefix"
    run("cmake", "--install", build, "--prefix", prefix)
    library = prefix / "lib" / "libjitegral.so"
    check_symbols(library)
    headers_are_clean(prefix / "include")
    assert run(prefix / "bin" / "jitegral", "1+1").strip() == "2"

    project = shutil.copytree(root / "tests" / "install" / "consumer", folder / "consumer")
    run("cmake", "-S", project, "-B", folder / "out", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}",
        "-DCMAKE_C_COMPILER=gcc", "-DCMAKE_CXX_COMPILER=g++")
    run("cmake", "--build", folder / "out")
    programs = sorted(p for p in (folder / "out").iterdir() if p.name.startswith(("c_", "cpp_")))
    pkgconfig = dict(os.environ, PKG_CONFIG_PATH=str(prefix / "lib" / "pkgconfig"),
                     LD_LIBRARY_PATH=str(prefix / "lib"))
    run("make", "-C", project, env=pkgconfig)
    for one in programs + [project / "c_pkgconfig", project / "cpp_pkgconfig"]:
        print(one.name, run(one, env=pkgconfig).strip())
    llvms = other_llvms()
    assert llvms, "no libLLVM to live beside"
    for llvm in llvms:
        for one in sorted((folder / "out").glob("beside_llvm*")):
            print(one.name, llvm, run(one, llvm).strip())
