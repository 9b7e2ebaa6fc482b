/** Name and password, as the browser's own keeper of passwords knows them. */
export function Credentials({ say }: { say: (word: 'name' | 'password') => string }) {
  return (
    <>
      <label>
        {say('name')}
        <input name="name" autocomplete="username" required />
      </label>
      <label>
        {say('password')}
        <input name="password" type="password" autocomplete="current-password" required />
      </label>
    </>
  )
}
