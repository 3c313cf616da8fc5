// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.stack.log.Loggers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;

/** The system's configured name servers. */
final class NameServers {
    private static final Path RESOLV_CONF = Paths.get("/etc/resolv.conf");
    private static final int DOMAIN_PORT = 53;
    /** As many as the C library asks. */
    static final int MOST = 3;

    private NameServers() {}

    /** Empty if the system does not say. */
    static List<InetSocketAddress> ofThisSystem() {
        try {
            return parse(Files.readAllLines(RESOLV_CONF, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return List.of();
        }
    }

    static List<InetSocketAddress> parse(List<String> resolvConf) {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String line : resolvConf) {
            String[] words = line.trim().split("\\s+", 3);
            boolean names = words.length >= 2 && words[0].equals("nameserver") && HostNames.isLiteral(words[1]);
            if (names && servers.size() < MOST) {
                add(words[1], servers);
            }
        }
        return servers;
    }

    private static void add(String address, List<InetSocketAddress> servers) {
        try {
            servers.add(new InetSocketAddress(InetAddress.getByName(address), DOMAIN_PORT));
        } catch (UnknownHostException e) {
            Loggers.NETWORK.debug("passed over a name server whose address cannot be read");
        }
    }
}
