let opened = false;

/** Whether somebody has come from another page of the portal; false for the page that it was opened with. */
export function arrived(): boolean {
  const before = opened;
  opened = true;
  return before;
}
