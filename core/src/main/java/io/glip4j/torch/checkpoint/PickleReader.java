package io.glip4j.torch.checkpoint;

import io.glip4j.torch.checkpoint.PickleValue.Bytes;
import io.glip4j.torch.checkpoint.PickleValue.Callable;
import io.glip4j.torch.checkpoint.PickleValue.Constant;
import io.glip4j.torch.checkpoint.PickleValue.Dict;
import io.glip4j.torch.checkpoint.PickleValue.Real;
import io.glip4j.torch.checkpoint.PickleValue.Sequence;
import io.glip4j.torch.checkpoint.PickleValue.Storage;
import io.glip4j.torch.checkpoint.PickleValue.Text;
import io.glip4j.torch.checkpoint.PickleValue.Tuple;
import io.glip4j.torch.checkpoint.PickleValue.Whole;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Python's pickle machine without its dangers: it builds {@link PickleValue}s only, refuses every opcode that could do
 * more and every name that is not a {@link PickleGlobal}, and does a bounded number of steps.
 */
final class PickleReader {
    /** The largest published model with its optimizer takes about 200,000. */
    private static final long MAX_STEPS = 4_000_000;

    private static final int MAX_PROTOCOL = 5;

    /**
     * A pickle's value, and what it said of the storages it refers to.
     *
     * @param storages by key
     */
    record Result(PickleValue value, Map<String, Storage> storages) {}

    private final PickleInput input;
    private final BadFile errors;
    private final PickleCalls calls;
    private final PickleStack stack;
    private final Map<String, Storage> storages = new HashMap<>();

    private PickleReader(PickleInput input) {
        this.input = input;
        this.errors = input.errors();
        this.calls = new PickleCalls(errors);
        this.stack = new PickleStack(errors);
    }

    /** Reads one pickle and leaves the input behind its end. */
    static PickleValue read(PickleInput input) {
        return new PickleReader(input).run();
    }

    /** As {@link #read}, with the storages met on the way. */
    static Result readWithStorages(PickleInput input) {
        PickleReader reader = new PickleReader(input);
        PickleValue value = reader.run();
        return new Result(value, reader.storages);
    }

    private PickleValue run() {
        for (long step = 0; step < MAX_STEPS; step++) {
            int opcode = input.unsignedByte();
            if (opcode == '.') {
                return stack.pop();
            }
            if (!number(opcode) && !text(opcode) && !container(opcode) && !machinery(opcode)) {
                object(opcode);
            }
        }
        throw errors.malformed("its pickle takes more than " + MAX_STEPS + " steps");
    }

    private boolean number(int opcode) {
        switch (opcode) {
            case 'J' -> stack.push(Whole.of(input.signedInt()));
            case 'K' -> stack.push(Whole.of(input.number(1)));
            case 'M' -> stack.push(Whole.of(input.number(2)));
            case 'I' -> stack.push(decimal(input.line()));
            case 'L' -> stack.push(decimal(input.line().replaceFirst("L$", "")));
            case 0x8a -> stack.push(littleEndian(input.number(1)));
            case 0x8b -> stack.push(littleEndian(input.number(4)));
            case 'G' -> stack.push(new Real(Double.longBitsToDouble(Long.reverseBytes(input.number(8)))));
            case 'F' -> stack.push(real(input.line()));
            case 'N' -> stack.push(Constant.NONE);
            case 0x88 -> stack.push(Constant.TRUE);
            case 0x89 -> stack.push(Constant.FALSE);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean text(int opcode) {
        switch (opcode) {
            case 'X', 'T' -> stack.push(new Text(input.utf8(input.number(4))));
            case 'U', 0x8c -> stack.push(new Text(input.utf8(input.number(1))));
            case 0x8d -> stack.push(new Text(input.utf8(input.number(8))));
            case 'S', 'V' -> stack.push(new Text(input.line()));
            case 'B' -> stack.push(new Bytes(input.bytes(input.number(4)).length));
            case 'C' -> stack.push(new Bytes(input.bytes(input.number(1)).length));
            case 0x8e, 0x96 -> stack.push(new Bytes(input.bytes(input.number(8)).length));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int opcode) {
        switch (opcode) {
            case ')' -> stack.push(new Tuple(List.of()));
            case 't' -> stack.push(new Tuple(stack.popToMark()));
            case 0x85 -> stack.push(new Tuple(stack.pop(1)));
            case 0x86 -> stack.push(new Tuple(stack.pop(2)));
            case 0x87 -> stack.push(new Tuple(stack.pop(3)));
            case ']', 0x8f -> stack.push(new Sequence());
            case '}' -> stack.push(new Dict());
            case 'l', 0x91 -> stack.push(addAll(new Sequence(), stack.popToMark()));
            case 'd' -> stack.push(putAll(new Dict(), stack.popToMark()));
            case 'a' -> append(stack.pop(1));
            case 'e', 0x90 -> append(stack.popToMark());
            case 's' -> set(stack.pop(2));
            case 'u' -> set(stack.popToMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean machinery(int opcode) {
        switch (opcode) {
            case '(' -> stack.mark();
            case '0' -> stack.pop();
            case '1' -> stack.popToMark();
            case '2' -> stack.push(stack.top());
            case 'p' -> stack.store(index(input.line()));
            case 'q' -> stack.store(input.number(1));
            case 'r' -> stack.store(input.number(4));
            case 0x94 -> stack.storeNext();
            case 'g' -> stack.push(stack.stored(index(input.line())));
            case 'h' -> stack.push(stack.stored(input.number(1)));
            case 'j' -> stack.push(stack.stored(input.number(4)));
            case 0x95 -> input.number(8);
            case 0x80 -> {
                long protocol = input.number(1);
                if (protocol > MAX_PROTOCOL) {
                    throw errors.unsupported(
                            "its pickle is of protocol " + protocol + "; wanted at most " + MAX_PROTOCOL);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The opcodes that in Python name, call and fill objects. */
    private void object(int opcode) {
        switch (opcode) {
            case 'c' -> stack.push(global(input.line(), input.line()));
            case 0x93 -> {
                List<PickleValue> names = stack.pop(2);
                stack.push(global(plainText(names.get(0)), plainText(names.get(1))));
            }
            case 'R' -> reduce();
            case 'Q' -> {
                Storage storage = calls.storage(stack.pop());
                storages.put(storage.key(), storage);
                stack.push(storage);
            }
            case 'b' -> build();
            case 'i' -> throw errors.unsafe("'" + input.line() + "." + input.line() + "' (opcode INST)");
            case 'o' -> throw errors.unsafe("an object of its own (opcode OBJ)");
            case 0x81 -> throw errors.unsafe("an object of its own (opcode NEWOBJ)");
            case 0x92 -> throw errors.unsafe("an object of its own (opcode NEWOBJ_EX)");
            case 0x82, 0x83, 0x84 ->
                throw errors.unsafe("the registered extension " + input.number(opcode == 0x82 ? 1 : 2));
            case 'P' -> throw errors.unsafe("the outside object '" + input.line() + "' (opcode PERSID)");
            default ->
                throw errors.malformed(
                        "its pickle has the unknown opcode " + opcode + " at byte " + (input.position() - 1));
        }
    }

    private PickleValue global(String module, String name) {
        return PickleGlobal.lookUp(module, name).orElseThrow(() -> errors.unsafe("'" + module + "." + name + "'"));
    }

    private void reduce() {
        List<PickleValue> call = stack.pop(2);
        if (!(call.get(0) instanceof Callable function) || !(call.get(1) instanceof Tuple arguments)) {
            throw errors.unsafe("a call of something that is no function (opcode REDUCE)");
        }
        stack.push(calls.call(function.global(), arguments));
    }

    /** PyTorch hangs version numbers on a state dict that way; they are not needed. */
    private void build() {
        PickleValue state = stack.pop();
        if (!(stack.top() instanceof Dict) || !(state instanceof Dict)) {
            throw errors.unsafe("a change of an object's inside (opcode BUILD)");
        }
    }

    private void append(List<PickleValue> items) {
        if (!(stack.top() instanceof Sequence list)) {
            throw errors.malformed("its pickle appends to something that is no list");
        }
        addAll(list, items);
    }

    private void set(List<PickleValue> items) {
        if (!(stack.top() instanceof Dict dict)) {
            throw errors.malformed("its pickle sets items of something that is no dict");
        }
        putAll(dict, items);
    }

    private static Sequence addAll(Sequence list, List<PickleValue> items) {
        list.items().addAll(items);
        return list;
    }

    private Dict putAll(Dict dict, List<PickleValue> items) {
        if (items.size() % 2 != 0) {
            throw errors.malformed("a dict of its pickle has a key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            calls.put(dict, items.get(i), items.get(i + 1));
        }
        return dict;
    }

    private String plainText(PickleValue value) {
        if (value instanceof Text text) {
            return text.value();
        }
        throw errors.malformed("its pickle has a name that is no text");
    }

    private Whole littleEndian(long length) {
        byte[] bytes = input.bytes(length);
        for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
            byte low = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = low;
        }
        return new Whole(bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes));
    }

    private PickleValue decimal(String digits) {
        if (digits.equals("00") || digits.equals("01")) {
            return digits.equals("01") ? Constant.TRUE : Constant.FALSE;
        }
        try {
            return new Whole(new BigInteger(digits));
        } catch (NumberFormatException e) {
            throw errors.malformed("its pickle has a number that is none", e);
        }
    }

    private Real real(String digits) {
        try {
            return new Real(Double.parseDouble(digits));
        } catch (NumberFormatException e) {
            throw errors.malformed("its pickle has a number that is none", e);
        }
    }

    private long index(String digits) {
        return decimal(digits) instanceof Whole whole ? whole.value().longValue() : -1;
    }
}
