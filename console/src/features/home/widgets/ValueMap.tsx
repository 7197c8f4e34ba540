import { useRfm } from "../../../api/rfm";
import { Loaded } from "../../../kit/Loaded";
import { RfmMap } from "../../rfm/RfmMap";

export function ValueMap() {
  const rfm = useRfm();
  return (
    <Loaded of={rfm} minHeight={320}>
      {(data) => <RfmMap rfm={data} />}
    </Loaded>
  );
}
