"""The plan of a chain: which steps turn a source into instances (PS3.3 C.8.17.14.1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from octome.errors import InstancesDisagree, MissingFact
from octome.instances.composite import Series
from octome.instances.instance_kind import (
    FLOW,
    FUNDUS,
    HEIGHT_MAP,
    RAW,
    STRUCTURE,
    SURFACES,
    InstanceKind,
)
from octome.instances.stored_volume import NO_GRID
from octome.octa.angiography import chosen_method
from octome.octa.slab import SLAB_TYPES
from octome.pipeline.chain_metadata import ChainMetadata, chain_metadata
from octome.pipeline.chain_uids import Reserved, with_uids
from octome.pipeline.enface_spec import EnfaceSpec, enface_spec
from octome.pipeline.request import Request
from octome.pipeline.source import (
    DeviceSource,
    ImageSource,
    RecordedSource,
    Source,
    opened_recording,
)
from octome.pipeline.step import InstanceStep, IntermediateStep, SharedSeries, Step, StoredFile
from octome.pipeline.steps.enface_image import EnfaceParameters, bounds_apart, enface_of_layers
from octome.pipeline.steps.flow import (
    DeviceFlowParameters,
    FlowParameters,
    flow_of_device,
    flow_of_scan,
)
from octome.pipeline.steps.fundus import FundusParameters, fundus_of_device
from octome.pipeline.steps.recorded import (
    RawDataParameters,
    ScanParameters,
    raw_data,
    scan_volumes,
)
from octome.pipeline.steps.structure import (
    DeviceStructureParameters,
    NoParameters,
    StructureParameters,
    structure_of_device,
    structure_of_scan,
    structure_unchanged,
)
from octome.pipeline.steps.surfaces import (
    DEVICE_SEGMENTATION,
    OCTEXPLORER_SEGMENTATION,
    OWN_SEGMENTATION,
    BoundsParameters,
    DeviceSurfacesParameters,
    Method,
    SurfacesParameters,
    device_surfaces,
    found_surfaces,
    slab_bounds,
    surfaces_as_height_map,
)

BOUNDS_SERIES_NUMBER = 8
OWN_SURFACES_SERIES_NUMBER = 10
OWN_SURFACES_TITLE = "Layer surfaces, found by octome"
BOUNDS_TITLE = "Bounds of en face slabs"
LOCALIZER = "enface/retina-structure"


def plan(
    source: Source, request: Request, reserved: Reserved = lambda _name, uid: uid
) -> list[Step]:
    """The steps of a chain, each after the steps whose files it reads.

    Parameters
    ----------
    source : Source
    request : Request
    reserved : callable, optional
        The UID that a name got when the chain began; see `chain_uids.with_uids`.

    Raises
    ------
    OctomeError
        The source does not allow the request. Raised before any work.
    """
    metadata = chain_metadata(source, request)
    chain = _Chain(request, metadata)
    if isinstance(source, RecordedSource):
        steps = chain.of_recording(source)
    elif isinstance(source, DeviceSource):
        steps = chain.of_device_volume(source)
    else:
        steps = chain.of_image(source)
    return with_uids(steps, metadata.digest(source), reserved)


@dataclass(frozen=True)
class _Chain:
    """What the steps of one chain have in common."""

    request: Request
    metadata: ChainMetadata

    def of_recording(self, source: RecordedSource) -> list[Step]:
        """The steps from a recording: its volumes come from one reading."""
        with opened_recording(source.path) as acquisition:
            method = chosen_method(acquisition, self.request.algorithm)
            is_raster = acquisition.recorded.shape[0] > 1
        if not is_raster:
            self._check_raster(source.path, has_flow=self.request.algorithm is not None)
            method = None
        algorithm = method.name if method is not None else None
        files, scan = source.files, f"scan-{algorithm or 'structure'}"
        steps: list[Step] = []
        references: dict[str, StoredFile | str] = {}
        if source.raw_instance is not None:
            references["raw"] = files["source"]
        elif self.request.with_raw:
            steps.append(self._raw_data(source))
            references["raw"] = "raw"
        steps.append(
            IntermediateStep(
                name=scan,
                inputs=files,
                parameters=ScanParameters(algorithm),
                run=scan_volumes,
                weight=0.6,
            )
        )
        structure = self._instance(
            STRUCTURE,
            name="structure",
            inputs={"scan": scan},
            # The structure of a scan does not depend on the flow algorithm.
            depends_on=files,
            references=references,
            parameters=StructureParameters(is_segmented=True, **self._structure_parameters()),
            run=structure_of_scan,
            weight=0.15,
        )
        if not is_raster:
            return [*steps, structure, *self._found_surfaces()]
        if algorithm is None:
            return [*steps, structure, *self._found_surfaces(), *self._enface_images(None)]
        flow = self._instance(
            FLOW,
            name=f"flow-{algorithm}",
            inputs={"scan": scan, "structure": "structure", "surfaces": "surfaces"},
            parameters=FlowParameters(timing=source.timing, compression=self.request.compression),
            run=flow_of_scan,
            weight=0.08,
        )
        return [*steps, structure, *self._found_surfaces(), flow, *self._enface_images(flow.name)]

    def of_device_volume(self, source: DeviceSource) -> list[Step]:
        """The steps from a volume in a vendor's format, with its own surfaces and flow if any."""
        if not source.is_even_raster:
            self._check_raster(source.path, has_flow=source.has_flow)
        files = source.files
        steps: list[Step] = []
        if source.has_fundus:
            steps.append(self._fundus(source))
        structure = self._instance(
            STRUCTURE,
            name="structure",
            inputs=files,
            references={"fundus": "fundus"} if source.has_fundus else {},
            parameters=DeviceStructureParameters(
                options=source.options,
                is_segmented=not (source.has_surfaces and source.is_even_raster),
                **self._structure_parameters(),
            ),
            run=structure_of_device,
            weight=0.3,
        )
        steps += [structure, *self._device_surfaces(source)]
        if not source.is_even_raster:
            return steps
        flow = self._device_flow(source) if source.has_flow else None
        steps += [flow] if flow is not None else []
        fundus = {"fundus": "fundus"} if source.has_fundus else {}
        images = self._enface_images(flow.name if flow is not None else None, fundus)
        return [*steps, *images]

    def of_image(self, source: ImageSource) -> list[Step]:
        """The steps from an image of another system, which is kept unchanged."""
        structure = self._instance(
            STRUCTURE,
            name="structure",
            inputs=source.files,
            parameters=NoParameters(),
            run=structure_unchanged,
        )
        if not source.is_even_raster:
            self._check_raster(source.path)
        images = self._enface_images(None) if source.is_even_raster else []
        return [structure, *self._found_surfaces(), *images]

    def _check_raster(self, path: Path, *, has_flow: bool = False) -> None:
        """Raise if something is requested that only an even raster has; this scan is not one."""
        requested = {
            "en face images": self.request.slabs is not None,
            "a height map": self.request.with_height_map,
            "a flow volume": has_flow,
        }
        for what, is_requested in requested.items():
            if is_requested:
                raise InstancesDisagree(f"{path} {NO_GRID} {what}", found=what)

    def _instance(self, kind: InstanceKind, **fields: Any) -> InstanceStep[Any]:
        """A step that writes an instance, in the series of its kind unless another is given."""
        common: dict[str, Any] = {
            "exam": self.metadata.exam,
            "series": Series(number=kind.series_number, description=kind.title),
        }
        return InstanceStep(kind=kind, **(common | fields))

    def _raw_data(self, source: RecordedSource) -> Step:
        return self._instance(
            RAW,
            name="raw",
            inputs=source.files,
            parameters=RawDataParameters(),
            run=raw_data,
            weight=0.03,
        )

    def _fundus(self, source: DeviceSource) -> Step:
        return self._instance(
            FUNDUS,
            name="fundus",
            inputs=source.files,
            parameters=FundusParameters(source.options),
            run=fundus_of_device,
        )

    def _device_surfaces(self, source: DeviceSource) -> list[Step]:
        """The device's own surfaces; found ones where it has none, and for lines next to them."""
        if not source.has_surfaces:
            return self._found_surfaces()
        by_device = source.surfaces_path is None
        method = DEVICE_SEGMENTATION if by_device else OCTEXPLORER_SEGMENTATION
        steps = self._surfaces(
            method,
            inputs={"structure": "structure", **source.files},
            parameters=DeviceSurfacesParameters(
                method=method,
                enface_profile=self.request.enface_profile,
                options=source.options,
            ),
            run=device_surfaces,
        )
        if source.is_even_raster:
            return steps
        # Devices find few surfaces in lines and circles.
        found = self._instance(
            SURFACES,
            name="surfaces-octome",
            series=Series(number=OWN_SURFACES_SERIES_NUMBER, description=OWN_SURFACES_TITLE),
            inputs={"structure": "structure"},
            parameters=self._own_segmentation,
            run=found_surfaces,
            is_optional=True,
            weight=0.1,
        )
        return [found, *steps]

    def _structure_parameters(self) -> dict[str, Any]:
        return {
            "profile": self.metadata.profile,
            "timing": self.metadata.timing,
            "centred_on": self.metadata.centred_on,
            "compression": self.request.compression,
        }

    def _device_flow(self, source: DeviceSource) -> Step:
        if self.metadata.timing is None:
            raise MissingFact(
                f"{source.path} does not state how many B-scans were compared at each position "
                "and at what interval; give --repeats and --repeat-interval-ms",
                missing="timing",
            )
        return self._instance(
            FLOW,
            name="flow",
            inputs={"structure": "structure", **source.files},
            parameters=DeviceFlowParameters(
                timing=self.metadata.timing,
                compression=self.request.compression,
                options=source.options,
            ),
            run=flow_of_device,
            weight=0.1,
        )

    def _found_surfaces(self) -> list[Step]:
        return self._surfaces(
            OWN_SEGMENTATION,
            inputs={"structure": "structure"},
            parameters=self._own_segmentation,
            run=found_surfaces,
        )

    @property
    def _own_segmentation(self) -> SurfacesParameters:
        return SurfacesParameters(
            method=OWN_SEGMENTATION, enface_profile=self.request.enface_profile
        )

    def _surfaces(self, method: Method, **fields: Any) -> list[Step]:
        """The surfaces, and their height map if requested."""
        steps: list[Step] = [self._instance(SURFACES, name="surfaces", weight=0.1, **fields)]
        if self.request.with_height_map:
            height_map = self._instance(
                HEIGHT_MAP,
                name="height-map",
                inputs={"structure": "structure", "surfaces": "surfaces"},
                parameters=SurfacesParameters(
                    method=method, enface_profile=self.request.enface_profile
                ),
                run=surfaces_as_height_map,
            )
            steps.append(height_map)
        return steps

    def _enface_images(
        self, flow: str | None, fundus: Mapping[str, str] = MappingProxyType({})
    ) -> list[Step]:
        """The en face images; before them the surfaces that only bound their slabs."""
        profile, is_optional = self.request.enface_profile, self.request.slabs is None
        specs = self.request.enface_specs(with_flow=flow is not None)
        steps: list[Step] = []
        if bounds_apart(specs, profile):
            # Those of all presets: the next run needs no others, whatever its slabs.
            presets = [enface_spec("structure", name) for name in SLAB_TYPES]
            names = bounds_apart([*specs, *presets], profile)
            bounds = self._instance(
                SURFACES,
                name="slab-bounds",
                series=Series(number=BOUNDS_SERIES_NUMBER, description=BOUNDS_TITLE),
                inputs={"structure": "structure", "surfaces": "surfaces"},
                parameters=BoundsParameters(tuple(names)),
                run=slab_bounds,
                is_optional=is_optional,
            )
            steps.append(bounds)
        localizer = LOCALIZER if LOCALIZER in map(_enface_name, specs) else None
        for spec in specs:
            inputs = {"structure": "structure", "surfaces": "surfaces"}
            if spec.volume == "flow" and flow is not None:
                inputs["flow"] = flow
            if bounds_apart([spec], profile):
                inputs["bounds"] = "slab-bounds"
            if profile == "2024d" and self.request.with_height_map:
                inputs["height map"] = "height-map"
            name = _enface_name(spec)
            located = {"localizer": localizer} if localizer and name != localizer else {}
            image = self._instance(
                spec.kind,
                name=name,
                **self._enface_series(spec, ("surfaces", inputs.get("flow", "structure"))),
                inputs=inputs,
                references={**fundus, **located},
                parameters=EnfaceParameters(
                    spec=spec, enface_profile=profile, compression=self.request.compression
                ),
                run=enface_of_layers,
                is_optional=is_optional,
            )
            steps.append(image)
        return steps

    def _enface_series(self, spec: EnfaceSpec, steps: tuple[str, ...]) -> dict[str, Any]:
        """The images of all presets are one series; a slab that a person chose has its own."""
        number, title = spec.kind.series_number, spec.kind.title
        if spec.name not in SLAB_TYPES:
            return {"series": Series(number=number, description=f"{title}: {spec.text}"[:64])}
        at = 1 + list(SLAB_TYPES).index(spec.name)
        alike = (self.request.projection, self.request.enface_profile, self.request.compression)
        return {
            "series": Series(number=number, description=title, instance=at),
            "shared_series": SharedSeries(alike, steps),
        }


def _enface_name(spec: EnfaceSpec) -> str:
    return f"enface/{spec.name}-{spec.volume}"
