import { useTemplateName } from '../../../components/use-template-name.ts';
import { useFormat } from '../../../format.tsx';
import { HoldTimer } from '../parts/HoldTimer.tsx';
import { itemTitle, readableIdentifier } from '../parts/identifiers.ts';
import { slotsOf } from '../ticket/TicketItems.tsx';
import { useWizard } from '../wizard.ts';
import classes from './Review.module.css';

/** Each item with its identifier in full, to be read against the card in the hand. */
export function ReviewItems() {
  const format = useFormat();
  const templateName = useTemplateName();
  const { draft } = useWizard();
  return (
    <ul className={classes.items}>
      {slotsOf(draft).map(({ template, templateName: name, item }) => {
        const title = item === null ? '—' : itemTitle(item.item, format);
        const identifier = item === null ? null : readableIdentifier(item.item.identifiers, format);
        return (
          <li key={template} className={classes.item}>
            <span className={classes.itemName}>{templateName(template, name)}</span>
            <span className={classes.itemWords}>
              <span className={classes.itemTitle}>{title}</span>
              {identifier !== title && <span className={classes.identifier}>{identifier}</span>}
            </span>
            {item !== null && <HoldTimer item={item} />}
          </li>
        );
      })}
    </ul>
  );
}
