/** The variable by which `axion doctor` says where watched processes write. */
export const DOCTOR_FOLDER_VARIABLE = 'AXION_DOCTOR_FOLDER'

/**
 * Reads where this process is to write what `axion doctor` wants to know.
 *
 * @param environment - Where to look.
 * @returns `undefined` in a process that nobody asked.
 */
export function doctorFolderFromEnvironment(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  return environment[DOCTOR_FOLDER_VARIABLE] || undefined
}
