#!/usr/bin/env python3
# A licence could stand here.

import csv
import json
import os


def fixed_read(env):
    f = open(env.path)
    data = f.read()
    f.close()
    return data


def fixed_never_closed(env):
    f = open(env.path)
    data = f.read()
    return data


def fixed_written(env):
    f = open(env.other, "w")
    f.write("one\n")
    env.step("between")
    f.write("two\n")
    f.close()
    return os.path.getsize(env.other)


def fixed_lines(env):
    lines = []
    f = open(env.path)
    for line in f:
        lines.append(line)
        if env.decide():
            break
    f.close()
    return lines


def fixed_csv(env):
    f = open(env.path, newline="")
    reader = csv.reader(f)
    rows = list(reader)
    f.close()
    return rows


def fixed_csv_never_closed(env):
    f = open(env.path, newline="")
    reader = csv.reader(f)
    rows = [row for row in reader if row]
    return rows


def fixed_early_return(env):
    f = open(env.path)
    first = f.readline()
    if env.decide():
        return first
    rest = f.read()
    f.close()
    return rest


def fixed_early_return_closes(env):
    f = open(env.path)
    if env.decide():
        f.close()
        return None
    data = f.read()
    f.close()
    return data


def fixed_closed_in_both_branches(env):
    f = open(env.path)
    data = f.read()
    if env.decide():
        f.close()
        return data
    else:
        env.step("else")
        f.close()
    return None


def fixed_raises(env):
    f = open(env.path)
    if env.decide():
        raise KeyError("wrong")
    f.close()


def fixed_two_copies(env):
    source = open(env.path)
    data = source.read()
    source.close()
    target = open(env.other, "w")
    target.write(data.upper())
    target.close()


def fixed_same_name_twice(env):
    f = open(env.path)
    one = f.read()
    f.close()
    f = open(env.other)
    two = f.read()
    f.close()
    return one, two


def fixed_chained_read(env):
    return open(env.path).read()


def fixed_chained_json(env):
    data = json.load(open(env.other))
    return data


def fixed_chained_write(env):
    open(env.other, "w").write("short")
    return os.path.getsize(env.other)


def fixed_chained_attribute_target(env):
    env.data = open(env.path).read()
    return env.data


def fixed_chained_many_lines(env):
    data = json.load(
        open(
            env.other,  # the list
            encoding="utf-8",
        )
    )
    return data


def fixed_chained_augmented(env):
    text = "start "
    text += open(env.path).read()
    return text


def fixed_loop_over_open(env):
    lines = []
    for line in open(env.path):
        # strip it
        lines.append(line.strip())
        if env.decide():
            break
    else:
        lines.append("all")
    return lines


def fixed_loop_over_readlines(env):
    lines = []
    for line in open(env.path).readlines():
        lines.append(line)
        env.step(line)
    return lines


def fixed_comprehension(env):
    return [line.strip() for line in open(env.path)]


def fixed_sum(env):
    return sum(1 for _ in open(env.path))


def fixed_enumerate(env):
    found = {}
    for number, line in enumerate(open(env.path)):
        found[number] = line
    return found


def fixed_touch(env):
    open(os.path.join(env.folder, "new.txt"), "w")
    return os.path.exists(os.path.join(env.folder, "new.txt"))


def fixed_touch_and_close(env):
    f = open(env.other, "w")
    env.step("between")
    f.close()


def fixed_unused(env):
    f = open(env.other, "w")


def fixed_comments(env):
    # before
    f = open(env.path)  # opened here
    # between

    data = f.read()  # read here
# at the margin
    # last
    f.close()
    # after
    return data


def fixed_in_branch(env):
    if env.decide():
        f = open(env.path)
        data = f.read()
        f.close()
    elif env.decide("other"):
        f = open(env.other)
        data = f.read()
        f.close()
    else:
        data = None
    return data


def fixed_in_except(env):
    try:
        if env.decide():
            raise ValueError("wrong")
    except ValueError:
        f = open(env.other, "a")
        f.write("failed")
        env.step("noted")
        return "handled"
    return "ok"


def fixed_method(env):
    class Reader:
        def __init__(self, path):
            self.path = path

        def load(self):
            handle = open(self.path)
            self.data = handle.read()
            handle.close()
            return self

    return Reader(env.path).load().data


def fixed_nested_opens(env):
    a = open(env.path)
    b = open(env.other, "w")
    b.write(a.read())
    b.close()
    a.close()


def fixed_loop_of_files(env):
    texts = []
    for path in (env.path, env.other):
        f = open(path)
        if env.decide():
            continue
        texts.append(f.read())
    return texts


def fixed_match(env):
    match env.decide():
        case True:
            f = open(env.path)
            return f.read()
        case _:
            return None


def fixed_walrus_inside(env):
    f = open(env.path)
    count = 0
    while (line := f.readline()):
        count += len(line)
    f.close()
    return count


def fixed_try_else(env):
    f = open(env.path)
    try:
        data = f.read()
    except ValueError:
        data = "bad"
    else:
        data += env.step("else")
    f.close()
    return data


def fixed_print(env):
    f = open(env.other, "w")
    print("to the file", file=f)
    env.step("printed")
    f.close()


async def fixed_coroutine(env):
    f = open(env.path)
    data = f.read()
    f.close()
    return data


def fixed_generator(env):
    f = open(env.path)
    for line in f:
        yield line
    f.close()


def _length(handle):
    return len(handle.read())


def fixed_helper_of_the_file(env):
    f = open(env.path)
    return _length(f)


def fixed_comment_behind_close(env):
    f = open(env.path)
    data = f.read()
    f.close()  # done with it
    return data


def fixed_tabs(env):
	f = open(env.path)
	if env.decide():
		data = f.readline()
	else:
		data = f.read()
	f.close()
	return data


def kept_returned(env):
    f = open(env.path)
    env.step("returned")
    return f.read if env.decide() else f.readline()


def kept_reader_used_after(env):
    with open(env.other, "w") as out:
        f = open(env.path)
        reader = csv.reader(f)
        out.write("x")
    return list(reader)


def kept_stored(env):
    env.kept.append(open(env.path))
    return env.kept[0].read()


def kept_finally(env):
    f = open(env.path)
    try:
        return f.read()
    finally:
        f.close()


def kept_order(env):
    return [env.step("before"), open(env.path).read()]


def kept_two_in_one_statement(env):
    return dict(a=env.step("a"), b=open(env.path).read())


def kept_condition(env):
    if open(env.path).read() and env.decide():
        return "yes"
    return "no"


def kept_per_round(env):
    return [open(path).read() for path in (env.path, env.other)]


def kept_locals(env):
    data = open(env.path).read()
    return sorted(locals()), data


def kept_global_name(env):
    global shared
    shared = open(env.path)
    data = shared.read()
    return data


def kept_tuple_target(env):
    a, b = open(env.path), env.step("b")
    data = a.read()
    a.close()
    return data, b


def kept_shared_line(env):
    f = open(env.path); data = f.read()
    f.close()
    return data


def kept_directive_behind_close(env):
    f = open(env.path)
    data = f.read()
    f.close()  # noqa: E702
    return data


def kept_type_comment(env):
    f = open(env.path)  # type: object
    data = f.read()
    f.close()
    return data


def kept_name_in_class(env):
    class Config:
        text = open(env.path).read()

    return sorted(name for name in vars(Config) if not name.startswith("_"))


def kept_handler_reads(env):
    f = None
    try:
        f = open(env.path)
        env.step("may fail")
        data = f.read()
        f.close()
    except Exception:
        return f.read() if f is not None else None
    return data


def unsafe_generator(env):
    f = open(env.path)
    for line in f:
        yield line
