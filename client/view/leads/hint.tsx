/** What helps to fill in a field; its field is `aria-describedby` it. */
export const Hint = ({ id, children }: { id?: string; children: string }) => (
  <span class="small soft" id={id}>
    {children}
  </span>
)
