// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.ports.net.DnsRecord;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minidns.dnsmessage.DnsMessage;
import org.minidns.dnsmessage.Question;
import org.minidns.dnsname.DnsName;
import org.minidns.record.CNAME;
import org.minidns.record.Data;
import org.minidns.record.Record;
import org.minidns.record.SRV;

/** Reads SRV (RFC 2782) and NAPTR (RFC 3403) records from an answer. */
final class DnsRecords {
    private static final int MOST_ALIASES = 8;
    private static final int MOST_RECORDS = 64;

    private DnsRecords() {}

    /**
     * Returns the records of the requested type and name, following aliases; omits malformed ones.
     */
    static List<DnsRecord> of(DnsMessage answer, Question question) {
        DnsName owner = canonicalName(answer, question.name);
        List<DnsRecord> records = new ArrayList<>();
        for (Record<? extends Data> record : answer.answerSection) {
            if (record.type == question.type && record.name.equals(owner) && records.size() < MOST_RECORDS) {
                DnsRecord read = read(record.getPayload());
                if (read != null) {
                    records.add(read);
                }
            }
        }
        return records;
    }

    private static DnsName canonicalName(DnsMessage answer, DnsName asked) {
        DnsName name = asked;
        for (int i = 0; i < MOST_ALIASES; i++) {
            DnsName alias = aliasOf(answer, name);
            if (alias == null) {
                break;
            }
            name = alias;
        }
        return name;
    }

    private static @Nullable DnsName aliasOf(DnsMessage answer, DnsName name) {
        for (Record<? extends Data> record : answer.answerSection) {
            if (record.name.equals(name) && record.getPayload() instanceof CNAME alias) {
                return alias.target;
            }
        }
        return null;
    }

    private static @Nullable DnsRecord read(Data data) {
        if (data instanceof SRV srv) {
            return new DnsRecord.Srv(srv.priority, srv.weight, srv.port, withoutDot(srv.target.toString()));
        }
        try {
            return naptr(data.toByteArray());
        } catch (IOException e) {
            return null;
        }
    }

    /** Reads the record's data (RFC 3403 §4.1); its name is never compressed. */
    static DnsRecord.Naptr naptr(byte[] data) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(data));
        int order = in.readUnsignedShort();
        int preference = in.readUnsignedShort();
        String flags = characters(in);
        String service = characters(in);
        String regexp = characters(in);
        return new DnsRecord.Naptr(order, preference, flags, service, regexp, domainName(in));
    }

    private static String characters(DataInputStream in) throws IOException {
        byte[] text = new byte[in.readUnsignedByte()];
        in.readFully(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static String domainName(DataInputStream in) throws IOException {
        var name = new StringBuilder();
        for (int length = in.readUnsignedByte(); length != 0; length = in.readUnsignedByte()) {
            if (length > 63) {
                throw new IOException("a compressed name where none may be");
            }
            byte[] label = new byte[length];
            in.readFully(label);
            if (name.length() > 0) {
                name.append('.');
            }
            name.append(new String(label, StandardCharsets.US_ASCII));
        }
        return name.toString();
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
