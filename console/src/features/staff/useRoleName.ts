import { useRoles } from "../../api/staff";
import { useFormat } from "../../kit/useFormat";

/** What a role is called in the person's language. */
export function useRoleName(): (code: string) => string {
  const { name } = useFormat();
  const { data: roles } = useRoles();
  return (code) => {
    const role = roles?.find((one) => one.code === code);
    return role ? name({ zh: role.name_zh, en: role.name_en }) : code;
  };
}
