"""Everything: speaks the data, checks its times, trains, measures on held-out voices, exports, and holds the exported graph to
the trainer's own answers. usage: make.py FOLDER [MINUTES] [SIZE] or make.py FOLDER --quick, which goes the same way with a hundredth
of the data and a minute of training, and leaves the shipped model alone; the packages of debian.lock and python.lock must be there."""
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


def main(folder, minutes='140', size='1'):
    root = os.path.join(HERE, *['..'] * 4)
    shipped = os.path.join(HERE, '..')
    if minutes == '--quick':
        minutes, size, shipped = '1', '.01', os.path.join(os.path.abspath(folder), 'model')
    os.makedirs(shipped, exist_ok=True)
    for name, locked, found in strangers():
        print(f'{name}: {locked} in the lock, {found} here', flush=True)
        if found == 'not installed':
            sys.exit('apt-get install $(cut -d= -f1 debian.lock)')
    for script, *arguments in (['data.py', size], ['shifts.py'], ['train.py', minutes], ['evaluate.py'], ['export.py', shipped]):
        subprocess.run([sys.executable, os.path.join(HERE, script), folder, *arguments], check=True)
    subprocess.run(['npx', 'mocha', TEST, '--grep', 'answers as it did where it was trained'], cwd=root, check=True,
                   env={**os.environ, 'MOUTH_MODEL': os.path.join(shipped, 'viseme15.onnx')})


if __name__ == '__main__':
    main(*sys.argv[1:])
