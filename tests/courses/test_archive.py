from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from app.courses.archive import read_files
from app.courses.domain.package import LARGEST_FILE, MOST_FILES
from app.courses.errors import BrokenPackageError
from tests.courses.packages import contents, right_package, write_folder, write_zip


def refusal(path: Path) -> str:
    with pytest.raises(BrokenPackageError) as caught:
        read_files(path)
    (fault,) = caught.value.faults
    return str(fault)


def test_a_folder_and_a_zip_file_give_the_same_files(tmp_path):
    folder = write_folder(tmp_path / "khoa", right_package())
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("x")
    (folder / "phan-mot" / ".DS_Store").write_bytes(b"\x00")
    packed = write_zip(tmp_path / "a.zip", right_package() | {"__MACOSX/._x": "y"})
    wrapped = write_zip(tmp_path / "b.zip", right_package(), top="khoa-thu/")
    assert read_files(folder) == contents(right_package())
    assert read_files(packed) == contents(right_package())
    assert read_files(wrapped) == contents(right_package())


def test_a_link_in_a_folder_is_refused_and_not_followed(tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("bí mật")
    folder = write_folder(tmp_path / "khoa", right_package())
    (folder / "phan-mot" / "them.md").symlink_to(secret)
    assert refusal(folder).startswith("phan-mot/them.md: Đây là liên kết")
    (folder / "phan-mot" / "them.md").unlink()
    (folder / "phan-ba").symlink_to(tmp_path, target_is_directory=True)
    assert refusal(folder).startswith("phan-ba: Đây là liên kết")


def test_what_is_not_there_is_named(tmp_path):
    assert "Không có thư mục hoặc tệp này" in refusal(tmp_path / "khong-co")


def test_what_is_too_large_is_refused_before_it_is_read_whole(tmp_path):
    folder = write_folder(tmp_path / "khoa", right_package())
    with (folder / "phim.bin").open("wb") as file:
        file.truncate(1 << 30)
    assert refusal(folder).startswith("phim.bin: Tệp nặng quá 1 MiB")
    heavy = write_folder(
        tmp_path / "nang", {f"{number}.txt": b"a" * LARGEST_FILE for number in range(9)}
    )
    assert "8 MiB" in refusal(heavy)
    many = write_zip(
        tmp_path / "many.zip", {f"{number}.txt": "" for number in range(MOST_FILES + 1)}
    )
    assert "2000 tệp" in refusal(many)
    big = tmp_path / "big.zip"
    with big.open("wb") as file:
        file.truncate(1 << 30)
    assert "8 MiB" in refusal(big)


@pytest.mark.parametrize(
    "name",
    ["../x.md", "a/../../x.md", "/etc/x.md", "C:/x.md", "a\\..\\x.md", "a//x.md", "a/./x.md",
     "x\nforged.yaml:1: y.md", "/".join("abcdefghij") + "/x.md"],
)  # fmt: skip
def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path, name):
    path = write_zip(tmp_path / "slip.zip", right_package() | {name: "x"})
    sentence = refusal(path)
    assert "ngoài gói" in sentence
    assert "\n" not in sentence
    assert sorted(each.name for each in tmp_path.iterdir()) == ["slip.zip"]


def test_a_link_in_an_archive_is_refused(tmp_path):
    path = write_zip(tmp_path / "link.zip", right_package())
    entry = zipfile.ZipInfo("phan-mot/them.md")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(entry, "/etc/passwd")
    assert refusal(path).startswith("phan-mot/them.md: Đây là liên kết")


def test_a_bomb_is_refused_by_its_claim_and_by_its_size(tmp_path):
    bomb = write_zip(tmp_path / "bomb.zip", {"course.yaml": b"\x00" * (200 << 20)})
    assert "quá lớn so với khi nén" in refusal(bomb)
    # The same bomb claims to be small: what is really read is counted.
    data = bomb.read_bytes()
    claimed = struct.pack("<I", 200 << 20)
    assert claimed in data
    lying = tmp_path / "lying.zip"
    lying.write_bytes(data.replace(claimed, struct.pack("<I", 1000)))
    assert "lying.zip" in refusal(lying) or "1 MiB" in refusal(lying)


def test_an_archive_in_an_archive_is_refused(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("x", "y")
    path = write_zip(
        tmp_path / "nested.zip", right_package() | {"phan-mot/a.ZIP": inner.getvalue()}
    )
    assert "tệp nén khác" in refusal(path)


def test_an_encrypted_archive_is_refused(tmp_path):
    path = write_zip(tmp_path / "locked.zip", {"course.yaml": "x"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "mật khẩu" in refusal(path)


def test_the_same_name_twice_is_refused(tmp_path):
    path = write_zip(tmp_path / "twice.zip", right_package())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("Course.yaml", "x")
    assert "hai lần" in refusal(path)


def test_another_packing_is_refused(tmp_path):
    path = tmp_path / "lzma.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("course.yaml", "x")
    assert "Kiểu nén" in refusal(path)


@pytest.mark.parametrize("cut", [0, 1, 10, 60, 200, 400])
def test_a_damaged_archive_is_refused(tmp_path, cut):
    whole = write_zip(tmp_path / "whole.zip", right_package()).read_bytes()
    path = tmp_path / "cut.zip"
    path.write_bytes(whole[:cut])
    assert "Không mở được tệp nén" in refusal(path)


def test_a_damaged_file_in_an_archive_is_refused(tmp_path):
    path = write_zip(tmp_path / "whole.zip", right_package())
    data = bytearray(path.read_bytes())
    start = data.index(b"course.yaml") + len("course.yaml") + 5
    data[start : start + 20] = b"\xff" * 20
    path.write_bytes(data)
    assert "Không mở được tệp nén" in refusal(path)
