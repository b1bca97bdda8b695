"""A photo is written anew: turned, made small, on white, in sRGB, and without a word of where it was taken."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from reports.core import photos
from tests import pictures


def near(found: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(found, wanted, strict=True))


class TestWhatIsInIt:
    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
    def test_is_a_baseline_jpeg_whatever_was_brought(self, form: str):
        made = photos.anew(pictures.file(form))
        shown = pictures.read(made.content)

        assert (shown.format, shown.mode, shown.size) == ("JPEG", "RGB", (60, 40))
        assert (made.width, made.height) == (60, 40)
        assert "progressive" not in shown.info
        assert near(shown.getpixel((50, 30)), (0xB3, 0x47, 0x00))

    def test_says_nothing_of_where_and_with_what_it_was_taken(self):
        brought = pictures.from_a_telephone()
        assert pictures.read(brought).getexif().get_ifd(pictures.GPS)
        assert b"Exif" in brought

        made = photos.anew(brought).content

        assert not pictures.read(made).getexif()
        assert set(pictures.read(made).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        for trace in (b"Exif", b"Tel", b"Beto", b"ICC", b"http"):
            assert trace not in made

    def test_says_nothing_of_what_a_png_or_webp_carries(self):
        from PIL.PngImagePlugin import PngInfo

        words = PngInfo()
        words.add_text("Author", "Beto Gómez")
        for brought in (pictures.file("PNG", pnginfo=words), pictures.file("WEBP", xmp=b"<x>Beto</x>")):
            assert b"Beto" in brought
            assert b"Beto" not in photos.anew(brought).content

    def test_takes_the_first_of_several(self):
        several = pictures.file("MPO", save_all=True, append_images=[pictures.picture(color="green")])

        assert near(pictures.read(photos.anew(several).content).getpixel((50, 30)), (0xB3, 0x47, 0x00))

    def test_the_same_file_gives_the_same_bytes(self):
        brought = pictures.from_a_telephone()

        assert photos.anew(brought) == photos.anew(brought)

    @pytest.mark.parametrize(("orientation", "blue_at"), [(1, (2, 2)), (3, (57, 37)), (6, (37, 2)), (8, (2, 57))])
    def test_stands_the_right_way_up(self, orientation: int, blue_at: tuple[int, int]):
        shown = pictures.read(photos.anew(pictures.from_a_telephone(orientation)).content)

        assert shown.size == ((60, 40) if orientation in {1, 3} else (40, 60))
        assert near(shown.getpixel(blue_at), (0x1C, 0x4F, 0x7C))

    @pytest.mark.parametrize(("size", "wanted"), [((3200, 1000), (1600, 500)), ((900, 3600), (400, 1600))])
    def test_is_made_small_by_its_longer_side(self, size: tuple[int, int], wanted: tuple[int, int]):
        for form in ("JPEG", "PNG"):
            made = photos.anew(pictures.file(form, of=pictures.picture(*size)))
            assert (made.width, made.height) == wanted

    def test_a_line_of_a_pixel_stays_one(self):
        made = photos.anew(pictures.file("PNG", of=pictures.picture(6000, 1)))

        assert (made.width, made.height) == (1600, 1)

    def test_what_one_sees_through_stands_on_white(self):
        for mode in ("RGBA", "LA"):
            brought = pictures.file("PNG", of=Image.new(mode, (8, 8)))
            assert near(pictures.read(photos.anew(brought).content).getpixel((4, 4)), (255, 255, 255))

    @pytest.mark.parametrize("mode", ["1", "L", "P", "I;16"])
    def test_reads_every_kind_of_gray(self, mode: str):
        gray = Image.new(mode, (8, 8), 128 * 256) if mode == "I;16" else Image.new("L", (8, 8), 128).convert(mode)

        made = pictures.read(photos.anew(pictures.file("PNG", of=gray)).content)

        assert made.mode == "RGB"
        assert mode == "1" or near(made.getpixel((4, 4)), (128, 128, 128))

    def test_reads_what_a_printer_reads(self):
        made = photos.anew(pictures.file("JPEG", of=Image.new("CMYK", (8, 8), (0, 255, 255, 0))))

        assert near(pictures.read(made.content).getpixel((4, 4)), (255, 0, 0))

    @pytest.mark.parametrize("profile", ["sRGB", "none", "of no screen"])
    def test_a_profile_that_says_srgb_or_nothing_leaves_the_colors(self, profile: str):
        said = {
            "sRGB": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
            "none": b"no profile at all",
            "of no screen": ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(),
        }[profile]
        brought = pictures.file("PNG", icc_profile=said)

        assert near(pictures.read(photos.anew(brought).content).getpixel((50, 30)), (0xB3, 0x47, 0x00))


def png_of(width: int, height: int) -> bytes:
    """Return the head of a PNG that says how large it is, and holds nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


class TestWhatIsRefused:
    def test_what_is_cut_off_also_where_papers_are_drawn(self):
        from reports import pdf

        assert pdf.VARIANT
        with pytest.raises(photos.NotAPicture):
            photos.anew(pictures.file("JPEG", of=pictures.picture(600, 400))[:2000])

    @pytest.mark.parametrize("size", [(8_000, 5_001), (10_000, 10_000), (60_000, 60_000)])
    def test_too_many_pixels_before_any_is_decoded(self, size: tuple[int, int]):
        with pytest.raises(photos.TooManyPixels):
            photos.anew(png_of(*size))

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"%PDF-1.7",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            pictures.file("GIF"),
            pictures.file("TIFF"),
            pictures.file("BMP"),
            pictures.file("JPEG")[:300],
            pictures.file("PNG")[:60],
            pictures.file("WEBP")[:60],
            png_of(100, 100),
        ],
    )
    def test_what_is_no_photo_or_a_broken_one(self, content: bytes):
        with pytest.raises(photos.NotAPicture):
            photos.anew(content)

    @pytest.mark.filterwarnings("ignore::UserWarning")
    @settings(max_examples=300, deadline=None)
    @given(
        brought=st.sampled_from([pictures.from_a_telephone(), *(pictures.file(form) for form in photos.FORMATS)]),
        spoiled=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=12),
        left=st.floats(0, 1),
    )
    def test_whatever_is_spoiled_is_a_photo_or_refused(
        self, brought: bytes, spoiled: list[tuple[float, int]], left: float
    ):
        content = bytearray(brought)
        for where, byte in spoiled:
            content[int(where * len(content))] = byte
        if left > 0.5:
            del content[int(left * len(content)) :]
        try:
            made = photos.anew(bytes(content))
        except (photos.NotAPicture, photos.TooManyPixels):
            return
        assert Image.open(io.BytesIO(made.content)).format == "JPEG"
