// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;
import javax.sound.sampled.spi.MixerProvider;
import org.jspecify.annotations.Nullable;

/** A sound card for Java Sound, in a quiet room with nobody in it; its lines keep time. */
public final class SilentMixers extends MixerProvider {
    private static final AudioFormat FORMAT = new AudioFormat(48_000, 16, 1, true, false);
    private static final Mixer.Info NAME = new Mixer.Info("Quiet room", "tests", "a sound card without a room", "1") {};

    @Override
    public Mixer.Info[] getMixerInfo() {
        return new Mixer.Info[] {NAME};
    }

    @Override
    public Mixer getMixer(Mixer.Info info) {
        return proxy(Mixer.class, (method, arguments) -> switch (method) {
            case "getMixerInfo" -> NAME;
            case "getSourceLineInfo" -> infos(SourceDataLine.class);
            case "getTargetLineInfo" -> infos(TargetDataLine.class);
            case "isLineSupported" -> true;
            case "getLine" -> line(((Line.Info) arguments[0]).getLineClass());
            case "getMaxLines" -> 8;
            default -> null;
        });
    }

    private static Line.Info[] infos(Class<? extends DataLine> kind) {
        return new Line.Info[] {new DataLine.Info(kind, FORMAT)};
    }

    private static Object line(Class<?> kind) {
        return proxy(kind, new PacedLine());
    }

    /** What a method called so answers; null where it answers nothing, or the zero of its type. */
    private interface Answer {
        @Nullable
        Object of(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                SilentMixers.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object said = answer.of(method.getName(), arguments == null ? new Object[0] : arguments);
                    return said == null ? nothing(self, method, arguments) : said;
                }));
    }

    private static @Nullable Object nothing(Object self, Method method, Object[] arguments) {
        Class<?> type = method.getReturnType();
        if (method.getDeclaringClass() == Object.class) {
            return method.getName().equals("equals")
                    ? (Object) (self == arguments[0])
                    : method.getName().equals("hashCode") ? (Object) System.identityHashCode(self) : "quiet room";
        }
        if (type == boolean.class) {
            return false;
        }
        return type == long.class ? (Object) 0L : type == float.class ? (Object) 0f : type == int.class ? (Object) 0 : null;
    }

    /** Takes and gives bytes at the pace of its format. */
    private static final class PacedLine implements Answer {
        private boolean open;
        private int buffer;
        private long begun;
        private long moved;

        @Override
        public synchronized @Nullable Object of(String method, Object[] arguments) {
            switch (method) {
                case "open" -> {
                    open = true;
                    buffer = arguments.length > 1 ? (Integer) arguments[1] : 4_800;
                }
                case "start" -> begun = System.nanoTime();
                case "close" -> open = false;
                case "isOpen" -> {
                    return open;
                }
                case "getFormat" -> {
                    return FORMAT;
                }
                case "getBufferSize" -> {
                    return buffer;
                }
                case "available" -> {
                    return available();
                }
                case "read", "write" -> {
                    int bytes = Math.min((Integer) arguments[2], available());
                    moved += bytes;
                    return bytes;
                }
                default -> {
                    return null;
                }
            }
            return null;
        }

        /** Bytes that were captured and not read; or that were played, and so can be written. */
        private int available() {
            long due = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) * 48 * FORMAT.getFrameSize();
            return (int) Math.max(0, Math.min(buffer, due - moved));
        }
    }
}
