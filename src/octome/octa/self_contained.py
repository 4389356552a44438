"""Whether an HDF5 file holds all its data itself; one from a stranger must not read other files."""

from __future__ import annotations

import h5py


class DataElsewhere(ValueError):
    """A part of an HDF5 file lies outside it, or may."""


def check_self_contained(file: h5py.File) -> None:
    """Check that no part of an HDF5 file is read from another file, before any of it is read.

    HDF5 can link to other files, keep an array in them (external storage), and put one together
    from several (virtual data sets). A link by path is refused too: acquisitions have none.

    Raises
    ------
    DataElsewhere
        It has a link that is not a hard link, or an array that is stored elsewhere.
    """
    # Not `visititems`: it turns what a callback raises into another error.
    groups, seen = [file["/"]], set()
    while groups:
        group = groups.pop()
        for name in group:
            path = f"{group.name.rstrip('/')}/{name}"
            _check_link(path, group.get(name, getlink=True))
            found = group[name]
            address = h5py.h5o.get_info(found.id).addr
            if isinstance(found, h5py.Dataset):
                _check_storage(path, found)
            elif isinstance(found, h5py.Group) and address not in seen:
                seen.add(address)
                groups.append(found)


def _check_link(path: str, link: object) -> None:
    if isinstance(link, h5py.ExternalLink):
        raise DataElsewhere(f"{path} is a link to another file ({link.filename})")
    if not isinstance(link, h5py.HardLink):
        raise DataElsewhere(f"{path} is a link by path")


def _check_storage(path: str, array: h5py.Dataset) -> None:
    if array.external:
        raise DataElsewhere(f"{path} is stored in another file ({array.external[0][0]})")
    if array.is_virtual:
        raise DataElsewhere(f"{path} is a virtual data set: its values are in other arrays")
