"""Everything: speaks the data, checks its times, trains, measures on held-out voices, exports, and holds the exported graph to
the trainer's own answers. usage: make.py FOLDER [MINUTES] [SIZE]; the packages of debian.lock must be there."""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TEST = 'test/pipelines/timing/mouth.test.ts'


def strangers():
    """Packages that are not as the lock says: [(name, locked, installed)]. Another version is another voice."""
    with open(os.path.join(HERE, 'debian.lock')) as file:
        locked = dict(line.strip().split('=', 1) for line in file)
    out = subprocess.run(['dpkg-query', '-W', '-f', '${Package}=${Version}\\n', *locked], capture_output=True, text=True).stdout
    found = dict(line.split('=', 1) for line in out.splitlines())
    return [(name, version, found.get(name) or 'not installed') for name, version in locked.items() if found.get(name) != version]


def main(folder, minutes='58', size='1'):
    for name, locked, found in strangers():
        print(f'{name}: {locked} in the lock, {found} here', flush=True)
        if found == 'not installed':
            sys.exit('apt-get install $(cut -d= -f1 debian.lock)')
    for script, *arguments in (['data.py', size], ['shifts.py'], ['train.py', minutes], ['evaluate.py'], ['export.py']):
        subprocess.run([sys.executable, os.path.join(HERE, script), folder, *arguments], check=True)
    root = os.path.join(HERE, *['..'] * 4)
    subprocess.run(['npx', 'mocha', TEST, '--grep', 'answers as it did where it was trained'], cwd=root, check=True)


if __name__ == '__main__':
    main(*sys.argv[1:])
