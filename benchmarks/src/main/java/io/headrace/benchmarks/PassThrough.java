package io.headrace.benchmarks;

import io.headrace.Pipeline;

/** Query 0: what does it cost to hand on every event as it is? */
final class PassThrough implements Query {
    @Override
    public String name() {
        return "q0";
    }

    @Override
    public Checksum loop(long events) {
        final Checksum checksum = new Checksum();
        for (long sequence = 0; sequence < events; sequence++) {
            checksum.add(hash(Nexmark.event(sequence)));
        }
        return checksum;
    }

    @Override
    public Built pipeline(long events, int splits) {
        ChecksumSink<Event> sink = new ChecksumSink<>(PassThrough::hash);
        Pipeline pipeline = Pipeline.create(name());
        pipeline.readFrom(NexmarkSource.events(events, splits)).writeTo(sink);
        return new Built(pipeline, sink);
    }

    private static long hash(Event event) {
        if (event instanceof Event.Bid bid) {
            return Nexmark.mix(
                    bid.timestampMillis()
                            + 31 * (bid.auction() + 31 * (bid.bidder() << 20 | bid.price())));
        }
        if (event instanceof Event.Auction auction) {
            return Nexmark.mix(
                    auction.timestampMillis()
                            + 31
                                    * (auction.id()
                                            + 31 * (auction.seller() << 20 | auction.category())));
        }
        Event.Person person = (Event.Person) event;
        return Nexmark.mix(person.timestampMillis() + 31 * (person.id() << 20 | person.state()));
    }
}
