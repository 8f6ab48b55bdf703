import type { AttributeProto } from './attribute-proto.ts';
import type { AttributeTable } from './attribute-table.ts';
import type { NodeTable } from './node-table.ts';
import { Scratch } from './scratch.ts';
import type { WireReader } from './wire.ts';

const attributes = new Scratch<AttributeProto>();

/** Reads a NodeProto into a table. @throws AppError `gate/…` as {@link WireReader} */
export function readNode(message: WireReader, into: NodeTable, table: AttributeTable): void {
  let name = 0;
  let op = 0;
  let domain = 0;
  attributes.clear();
  while (message.next()) {
    switch (message.field) {
      case 1:
        into.inputs.add(message.name());
        break;
      case 2:
        into.outputs.add(message.name());
        break;
      case 3:
        name = message.name();
        break;
      case 4:
        op = message.name();
        break;
      case 5:
        attributes.add(table.read(message.message('attribute')));
        break;
      case 7:
        domain = message.name();
        break;
      default:
        message.skip();
    }
  }
  const all = attributes.taken();
  const twice = into.firstTwice(all);
  if (twice !== null) {
    // The runtime takes one of the two, and not necessarily the one this reader would take.
    message.refuse(`node “${message.names.text(name)}” has attribute “${twice}” twice`);
  }
  into.add(name, op, domain, all);
}
