// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import java.io.IOException;
import java.lang.StackWalker.StackFrame;
import java.net.DatagramSocket;
import java.net.ProtocolFamily;
import java.net.Socket;
import java.net.SocketImpl;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/**
 * Runs the {@link MainScenario} in a JVM where every way to a socket leads past here, and tells who took it. Wants {@code
 * -Djava.nio.channels.spi.SelectorProvider} set to {@link Watched} and {@code --add-exports java.base/sun.nio.ch=ALL-UNNAMED}.
 */
@SuppressWarnings({"deprecation", "removal"}) // the JDK has no other way to see plain sockets without an agent
public final class SocketOpenings {
    private static final Set<String> OPENERS = new ConcurrentSkipListSet<>();

    private SocketOpenings() {}

    public static void main(String[] arguments) throws Exception {
        Socket.setSocketImplFactory(() -> {
            opened("a socket");
            return platformSocket();
        });
        // The JDK's own implementation cannot be had from outside, so whoever wants one is told and gets none.
        DatagramSocket.setDatagramSocketImplFactory(() -> {
            opened("a datagram socket");
            throw new IllegalStateException("no datagram sockets here");
        });
        Evidence evidence = MainScenario.run();
        if (arguments.length > 0) {
            // To see that the watch works: somebody who should not opens one.
            new Socket().close();
        }
        System.out.println("outgoing call: " + evidence.outcomes().get("outgoing call"));
        new TreeSet<>(OPENERS).forEach(opener -> System.out.println("opener: " + opener));
        System.exit(0);
    }

    private static SocketImpl platformSocket() {
        try {
            return (SocketImpl) Class.forName("sun.nio.ch.NioSocketImpl")
                    .getConstructor(boolean.class)
                    .newInstance(false);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Notes the class of this project, or else of whatever library, that is nearest to the socket. */
    private static void opened(String what) {
        List<StackFrame> stack = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.collect(Collectors.toList()));
        if (stack.stream().anyMatch(SocketOpenings::putsTlsAroundASocket)) {
            return;
        }
        List<String> frames = stack.stream()
                .map(StackFrame::getClassName)
                .filter(name -> !name.matches("(java|javax|sun(?!\\.net\\.httpserver)|com\\.sun|jdk)\\..*")
                        && !name.startsWith(SocketOpenings.class.getName()))
                .limit(1)
                .toList();
        OPENERS.add(what + " by " + (frames.isEmpty() ? SocketOpenings.class.getName() : frames.get(0)));
    }

    /** The JDK makes a socket object for TLS over a socket that is there already; it never connects that one. */
    private static boolean putsTlsAroundASocket(StackFrame frame) {
        return frame.getClassName().equals("sun.security.ssl.SSLSocketFactoryImpl")
                && frame.getMethodName().equals("createSocket")
                && frame.getMethodType().parameterList().contains(Socket.class);
    }

    /** The JDK's provider, seen to be used. */
    public static final class Watched extends SelectorProvider {
        private final SelectorProvider provider = platform();

        private static SelectorProvider platform() {
            try {
                Class<?> defaults = Class.forName("sun.nio.ch.DefaultSelectorProvider");
                return (SelectorProvider) defaults.getMethod("get").invoke(null);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public DatagramChannel openDatagramChannel() throws IOException {
            opened("a datagram channel");
            return provider.openDatagramChannel();
        }

        @Override
        public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
            opened("a datagram channel");
            return provider.openDatagramChannel(family);
        }

        @Override
        public SocketChannel openSocketChannel() throws IOException {
            opened("a socket channel");
            return provider.openSocketChannel();
        }

        @Override
        public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
            opened("a socket channel");
            return provider.openSocketChannel(family);
        }

        @Override
        public ServerSocketChannel openServerSocketChannel() throws IOException {
            opened("a server socket channel");
            return provider.openServerSocketChannel();
        }

        @Override
        public Pipe openPipe() throws IOException {
            return provider.openPipe();
        }

        @Override
        public AbstractSelector openSelector() throws IOException {
            return provider.openSelector();
        }
    }
}
