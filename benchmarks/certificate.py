"""Print what 70 certificates cost: processor time and bytes, apart and as one file.

    python -m benchmarks.certificate [--certificates 70] [--rounds 5]

The goal is ≤ 18 CPU-ms and ≤ 26 kB for one. Processor time is that of this process, so a busy
neighbour changes it little; the median of the rounds is printed with the least and the most.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from datetime import date

from app.certificates.domain.face import CertificateFace
from app.certificates.drawing import FONTS, draw, draw_all
from app.core.pdf import register_faces

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
MIDDLE = ("Thị Minh", "Văn", "Đức", "Thị Ngọc", "Quốc", "Thuỳ", "Hữu")
GIVEN = ("Nguyệt", "Ấn", "Hường", "Kiên", "Quỳnh", "Vỹ", "Thảo", "Dũng")
UNITS = (
    "Ủy ban nhân dân phường Phan Đình Phùng",
    "Trung tâm Văn hóa, Thể thao và Truyền thông",
    "Báo và Phát thanh, Truyền hình tỉnh",
    "Sở Văn hóa, Thể thao và Du lịch",
)


def faces(count: int) -> list[CertificateFace]:
    """Return as many different certificates of one cohort."""
    return [
        CertificateFace(
            parent_body="Ủy ban nhân dân tỉnh Thái Nguyên",
            issuing_body="Sở Khoa học và Công nghệ",
            grantor="Giám đốc Sở Khoa học và Công nghệ tỉnh Thái Nguyên",
            full_name=" ".join(
                (
                    FAMILY[number % len(FAMILY)],
                    MIDDLE[number % len(MIDDLE)],
                    GIVEN[number % len(GIVEN)],
                )
            ),
            born_on=date(1970 + number % 30, 1 + number % 12, 1 + number % 28),
            unit_name=UNITS[number % len(UNITS)],
            position="Chuyên viên",
            achievement="đã hoàn thành hội nghị tập huấn",
            course_title="Kiến thức, kỹ năng, nghiệp vụ truyền thông chính sách năm 2026",
            starts_on=date(2026, 6, 17),
            ends_on=date(2026, 6, 18),
            venue="phường Phan Đình Phùng",
            periods=16,
            outcome="Đạt",
            decision_number="128/QĐ-SKHCN",
            decision_on=date(2026, 6, 1),
            place="Thái Nguyên",
            issued_on=date(2026, 6, 18),
            authority="KT. Giám đốc",
            signatory_title="Phó Giám đốc",
            signatory_name="Trần Văn Đức",
            serial_no=f"{number:07d}",
            register_no=f"{number:03d}/2026/GCN-SKHCN",
            verify_url=f"https://taphuan.example.vn/verify/K7QM-4X2P-{number:04d}",
            verify_address="taphuan.example.vn/verify",
            verify_code=f"K7QM-4X2P-{number:04d}",
        )
        for number in range(1, count + 1)
    ]


def cpu_ms(work: Callable[[], object]) -> float:
    """Return the processor time of this process for ``work``, in milliseconds."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Print what certificates cost.")
    parser.add_argument("--certificates", type=int, default=70)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    cohort = faces(arguments.certificates)
    count = len(cohort)

    print(f"faces read, once a process:   {cpu_ms(lambda: register_faces(FONTS)):7.1f} CPU-ms")
    sizes = [len(draw(face)) for face in cohort]
    apart = [cpu_ms(lambda: [draw(face) for face in cohort]) for _ in range(arguments.rounds)]
    together = [cpu_ms(lambda: draw_all(cohort)) for _ in range(arguments.rounds)]
    for name, rounds in (("apart", apart), ("one file", together)):
        each = sorted(figure / count for figure in rounds)
        print(
            f"{count} certificates, {name + ':':<12}{statistics.median(each):7.1f} CPU-ms each "
            f"[{each[0]:.1f} - {each[-1]:.1f}]"
        )
    whole = len(draw_all(cohort))
    print(f"bytes each, apart:            {statistics.median(sizes):7,.0f} (most {max(sizes):,})")
    print(f"bytes a page, one file:       {whole / count:7,.0f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the process:   {peak:7.0f} MB")


if __name__ == "__main__":
    main()
