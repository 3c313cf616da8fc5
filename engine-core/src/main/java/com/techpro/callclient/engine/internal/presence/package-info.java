// SPDX-License-Identifier: Apache-2.0
/** Busy lamps and presence: RFC 4235, RFC 3856, RFC 3863, RFC 3903, RFC 4662. */
@NullMarked
package com.techpro.callclient.engine.internal.presence;

import org.jspecify.annotations.NullMarked;
