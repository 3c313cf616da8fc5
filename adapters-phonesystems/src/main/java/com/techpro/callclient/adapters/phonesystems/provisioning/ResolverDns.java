// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.net.DestinationRefusedException;
import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.net.Resolver.RecordType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/** Calls the engine's resolver and waits for the answer. Use it on workers. */
final class ResolverDns implements Dns {
    private static final int PATIENCE_SECONDS = 10;

    private final Resolver resolver;

    ResolverDns(Resolver resolver) {
        this.resolver = resolver;
    }

    /** The look-up failed, so the name may exist. */
    static final class LookupFailedException extends UnknownHostException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public List<InetAddress> lookup(String name) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (DnsRecord record : records(name, RecordType.ADDRESS)) {
            if (record instanceof DnsRecord.Address found) {
                addresses.add(found.address());
            }
        }
        if (addresses.isEmpty()) {
            throw new UnknownHostException();
        }
        return addresses;
    }

    List<DnsRecord> records(String name, RecordType type) throws LookupFailedException {
        CompletableFuture<DnsAnswer> answer = new CompletableFuture<>();
        resolver.resolve(name, type, answer::complete);
        try {
            DnsAnswer given = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (given instanceof DnsAnswer.Records found) {
                return found.records();
            }
            if (given instanceof DnsAnswer.Refused) {
                throw failed(new DestinationRefusedException());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw failed(e);
        }
        throw new LookupFailedException();
    }

    private static LookupFailedException failed(Exception cause) {
        LookupFailedException failed = new LookupFailedException();
        failed.initCause(cause);
        return failed;
    }
}
